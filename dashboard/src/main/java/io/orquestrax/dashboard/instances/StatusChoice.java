package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.engine.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One choice of the filter by status.
 *
 * @param mark null for all of them
 * @param count of the open instances; null for what is never counted
 */
public record StatusChoice(
        String label, @Nullable Mark mark, @Nullable Long count, String href, boolean isSelected) {
    private static final List<Status> ORDER = List.of(
            Status.FAULTED,
            Status.SUSPENDED,
            Status.RUNNING,
            Status.WAITING,
            Status.PENDING,
            Status.COMPLETED,
            Status.CANCELLED);

    static List<StatusChoice> all(InstancesQuery query, Map<Status, Long> openCounts) {
        List<StatusChoice> choices = new ArrayList<>();
        choices.add(new StatusChoice("all", null, null, query.withStatus(null).href(), query.status() == null));
        for (Status status : ORDER) {
            Long count = status.isClosed() ? null : openCounts.getOrDefault(status, 0L);
            choices.add(new StatusChoice(
                    status.text(),
                    Mark.of(status),
                    count,
                    query.withStatus(status).href(),
                    query.status() == status));
        }
        return List.copyOf(choices);
    }

    public boolean isZero() {
        return count != null && count == 0;
    }
}
