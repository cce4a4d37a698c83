package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the page of an instance shows. */
final class InstanceReader {
    /** Events that the steps of a page are told from; the history before them is not read. */
    private static final int READ = 5000;

    private final Orchestration orchestration;
    private final PlanShapes shapes;

    InstanceReader(Orchestration orchestration) {
        this.orchestration = orchestration;
        this.shapes = new PlanShapes(orchestration);
    }

    /**
     * @param after sequence number before the first event that is shown
     */
    InstancePage read(Caller caller, UUID id, long after, @Nullable Notice notice) {
        InstanceRow row = orchestration.instance(caller, id);
        long unread = Math.max(0, lastPage(caller, id) + HistoryPanel.PAGE - READ);
        boolean isWhole = unread == 0;
        List<Activation> activations =
                isWhole ? orchestration.activations(caller, id) : orchestration.activations(caller, id, unread, READ);
        List<EventRow> events = orchestration.history(caller, id, after, HistoryPanel.PAGE + 1);
        InstanceHead head = InstanceHead.of(row, activations, isWhole);
        return new InstancePage(
                head,
                isWhole ? Strip.of(shapes.of(caller, row), activations) : Strip.NONE,
                StepsPanel.of(
                        id, activations, isWhole ? 0 : READ, head.sentence().told()),
                children(caller, id),
                PayloadPanel.of(row),
                HistoryPanel.of(id, after, events),
                notice);
    }

    ChildrenPanel children(Caller caller, UUID id) {
        InstanceFilter filter = new InstanceFilter(Set.of(), null, null, null, id);
        return ChildrenPanel.of(id, orchestration.instances(caller, filter, ChildrenPanel.SHOWN, null));
    }

    /** Sequence number before the first event of the history's last page. */
    long lastPage(Caller caller, UUID id) {
        return Math.max(0, orchestration.lastSequence(caller, id) - 1) / HistoryPanel.PAGE * HistoryPanel.PAGE;
    }
}
