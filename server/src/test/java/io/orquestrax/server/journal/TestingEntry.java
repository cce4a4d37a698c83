package io.orquestrax.server.journal;

import io.orquestrax.store.TestingRows;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event of an instance; completes with what became of it. */
record TestingEntry(
        Tenure tenure,
        UUID instance,
        List<EventRow> events,
        @Nullable InstanceRow row,
        CompletableFuture<String> outcome)
        implements JournalEntry {

    static TestingEntry event(Tenure tenure, UUID instance, long sequence) {
        return new TestingEntry(
                tenure, instance, List.of(TestingRows.event(instance, sequence)), null, new CompletableFuture<>());
    }

    static TestingEntry row(Tenure tenure, InstanceRow row) {
        return new TestingEntry(tenure, row.id(), List.of(), row, new CompletableFuture<>());
    }

    static TestingEntry nothing(Tenure tenure, UUID instance) {
        return new TestingEntry(tenure, instance, List.of(), null, new CompletableFuture<>());
    }

    @Override
    public boolean isAbandoned() {
        return false;
    }

    @Override
    public void durable() {
        outcome.complete("durable");
    }

    @Override
    public void refused(RuntimeException cause) {
        outcome.complete("refused");
    }

    String became() {
        return outcome.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
