package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the page of an instance shows. */
final class InstanceReader {
    private final Orchestration orchestration;
    private final PlanShapes shapes;

    InstanceReader(Orchestration orchestration) {
        this.orchestration = orchestration;
        this.shapes = new PlanShapes(orchestration);
    }

    /**
     * @param after sequence number before the first event that is shown
     */
    InstancePage read(Caller caller, UUID id, boolean isAllSteps, long after, @Nullable Notice notice) {
        InstanceRow row = orchestration.instance(caller, id);
        List<Activation> activations = orchestration.activations(caller, id);
        List<EventRow> events = orchestration.history(caller, id, after, HistoryPanel.PAGE + 1);
        InstanceHead head = InstanceHead.of(row, activations);
        return new InstancePage(
                head,
                Strip.of(shapes.of(caller, row), activations),
                StepsPanel.of(id, activations, isAllSteps, head.sentence().told()),
                PayloadPanel.of(row),
                HistoryPanel.of(id, after, events),
                notice);
    }

    /** Where the last page of the history begins, found in a few reads however long the history is. */
    long lastPage(Caller caller, UUID id) {
        long present = 0;
        long absent = HistoryPanel.PAGE;
        while (hasEventsAfter(caller, id, absent)) {
            present = absent;
            absent *= 2;
        }
        while (absent - present > HistoryPanel.PAGE) {
            long middle = present + (absent - present) / (2L * HistoryPanel.PAGE) * HistoryPanel.PAGE;
            if (hasEventsAfter(caller, id, middle)) {
                present = middle;
            } else {
                absent = middle;
            }
        }
        return present;
    }

    private boolean hasEventsAfter(Caller caller, UUID id, long sequence) {
        return !orchestration.history(caller, id, sequence, 1).isEmpty();
    }
}
