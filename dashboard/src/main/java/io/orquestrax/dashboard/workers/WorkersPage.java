package io.orquestrax.dashboard.workers;

import io.orquestrax.server.job.WorkerView;
import java.util.Comparator;
import java.util.List;

/** The connected workers, by name. */
public record WorkersPage(List<WorkerView> workers) {

    public static WorkersPage of(List<WorkerView> workers) {
        return new WorkersPage(workers.stream()
                .sorted(Comparator.comparing(WorkerView::name).thenComparing(WorkerView::id))
                .toList());
    }

    public int capacity() {
        return workers.stream().mapToInt(WorkerView::capacity).sum();
    }

    public int running() {
        return workers.stream().mapToInt(WorkerView::running).sum();
    }
}
