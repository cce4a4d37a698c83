package io.orquestrax.dashboard.workers;

import io.orquestrax.server.job.WorkerView;
import java.util.Comparator;
import java.util.List;

/** The connected workers, by name. */
public record WorkersPage(List<WorkerView> workers) {
    private static final int SHORT_ID = 8;

    public static WorkersPage of(List<WorkerView> workers) {
        return new WorkersPage(workers.stream()
                .sorted(Comparator.comparing(WorkerView::name).thenComparing(WorkerView::id))
                .toList());
    }

    /** Of which node it is; nothing where that is not told. */
    public static String at(WorkerView worker) {
        String node = worker.node();
        return node.isEmpty() ? "" : " · node " + node.substring(0, Math.min(SHORT_ID, node.length()));
    }

    public int capacity() {
        return workers.stream().mapToInt(WorkerView::capacity).sum();
    }

    public int running() {
        return workers.stream().mapToInt(WorkerView::running).sum();
    }
}
