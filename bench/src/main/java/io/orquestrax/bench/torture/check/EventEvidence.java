package io.orquestrax.bench.torture.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the database.
 *
 * @param at when it was decided
 * @param committedAt when its transaction was committed
 * @param executed the attempt that a worker had executed; null where the event tells of none
 * @param due when what it tells of is due; null where nothing is
 * @param position of the CloudEvent that was consumed; null where none was
 */
record EventEvidence(
        long sequence,
        String type,
        Instant at,
        Instant committedAt,
        long activation,
        int attempt,
        @Nullable Integer executed,
        @Nullable Instant due,
        @Nullable Long position) {

    boolean isClosing() {
        return type.equals("InstanceCompleted") || type.equals("InstanceFaulted") || type.equals("InstanceCancelled");
    }
}
