package io.orquestrax.server.journal;

import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.Consequences;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one decision wants written, and who wants to know. */
public interface JournalEntry {

    Tenure tenure();

    UUID instance();

    /** Empty for a decision that changed nothing. */
    default List<EventRow> events() {
        return List.of();
    }

    /** Null where it did not change. */
    default @Nullable InstanceRow row() {
        return null;
    }

    /** What else is written with it. */
    default Consequences consequences() {
        return Consequences.NONE;
    }

    /** Whether an earlier entry of the same instance was refused, so that this one has lost its ground. */
    default boolean isAbandoned() {
        return false;
    }

    /** It and everything before it of its partition is durable. Called in the partition's order. */
    void durable();

    /** It is not written, and never will be. */
    void refused(RuntimeException cause);
}
