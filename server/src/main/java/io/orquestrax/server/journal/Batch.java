package io.orquestrax.server.journal;

import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.journal.JournalBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries that are written together, in order. */
record Batch(List<JournalEntry> entries) {

    Batch {
        entries = List.copyOf(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean hasRows() {
        return entries.stream().anyMatch(Batch::isWritten);
    }

    int rows() {
        return entries.stream().mapToInt(Batch::rows).sum();
    }

    static int rows(JournalEntry entry) {
        return entry.events().size()
                + (entry.row() == null ? 0 : 1)
                + entry.consequences().rows();
    }

    /** One that is not only waits for the entries before it. */
    private static boolean isWritten(JournalEntry entry) {
        return rows(entry) > 0;
    }

    static long bytes(JournalEntry entry) {
        long bytes = entry.consequences().bytes();
        for (EventRow event : entry.events()) {
            bytes += event.data().length();
        }
        InstanceRow row = entry.row();
        return row == null ? bytes : bytes + length(row.input()) + length(row.output()) + length(row.error());
    }

    /** Without what must not be written any more. */
    Batch live() {
        return new Batch(entries.stream()
                .filter(entry -> !entry.isAbandoned() && !entry.tenure().isLost())
                .toList());
    }

    JournalBatch toWrite() {
        Map<Integer, Long> epochs = new HashMap<>();
        List<EventRow> events = new ArrayList<>();
        Map<UUID, InstanceRow> rows = new LinkedHashMap<>();
        Consequences.Builder consequences = Consequences.builder();
        for (JournalEntry entry : entries) {
            InstanceRow row = entry.row();
            if (!isWritten(entry)) {
                continue;
            }
            epochs.put(entry.tenure().partition(), entry.tenure().epoch());
            events.addAll(entry.events());
            if (!entry.consequences().isEmpty()) {
                consequences.addAll(entry.consequences());
            }
            if (row != null) {
                rows.merge(entry.instance(), row, Batch::later);
            }
        }
        return new JournalBatch(epochs, events, List.copyOf(rows.values()), consequences.build());
    }

    /** Two halves of about the same number of instances; a single one where there is only one instance. */
    List<Batch> halves() {
        Map<UUID, List<JournalEntry>> byInstance = new LinkedHashMap<>();
        entries.forEach(entry -> byInstance
                .computeIfAbsent(entry.instance(), id -> new ArrayList<>())
                .add(entry));
        List<JournalEntry> first = new ArrayList<>();
        List<JournalEntry> second = new ArrayList<>();
        int index = 0;
        for (List<JournalEntry> ofInstance : byInstance.values()) {
            (index < byInstance.size() / 2 ? first : second).addAll(ofInstance);
            index++;
        }
        return first.isEmpty() ? List.of(this) : List.of(new Batch(first), new Batch(second));
    }

    /** Only the row of the birth carries the input, so it must outlive being replaced in the same batch. */
    private static InstanceRow later(InstanceRow earlier, InstanceRow later) {
        if (later.input() != null || earlier.input() == null) {
            return later;
        }
        return new InstanceRow(
                later.id(),
                later.partition(),
                later.definition(),
                later.contentHash(),
                later.key(),
                later.status(),
                later.startedAt(),
                later.updatedAt(),
                later.closedAt(),
                later.wakeAt(),
                earlier.input(),
                later.output(),
                later.error(),
                later.tags(),
                later.origin());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
