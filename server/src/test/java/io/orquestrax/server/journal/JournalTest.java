package io.orquestrax.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orquestrax.engine.Status;
import io.orquestrax.store.TestingRows;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final UUID ONE = TestingRows.id(1);
    private static final UUID TWO = TestingRows.id(2);

    private final TestingWriter writer = new TestingWriter();
    private final List<Set<Integer>> losses = new CopyOnWriteArrayList<>();
    private final Journal journal = new Journal(
            lane -> writer, new JournalLimits(1, 10, 1_000_000, 1000), losses::add, new SimpleMeterRegistry());
    private final Tenure tenure = new Tenure(0, 7);
    private final Tenure other = new Tenure(1, 7);

    @AfterEach
    void stop() {
        writer.letGo();
        journal.stop(Duration.ofSeconds(10));
    }

    @Test
    void tellsNothingBeforeTheCommit() {
        writer.hold();
        TestingEntry entry = append(TestingEntry.event(tenure, ONE, 1));
        writer.arrived.acquireUninterruptibly();

        assertThat(entry.outcome()).isNotDone();
        writer.letGo();
        assertThat(entry.became()).isEqualTo("durable");
    }

    @Test
    void collectsWhatComesDuringACommitAndKeepsItsOrder() {
        writer.hold();
        append(TestingEntry.event(tenure, ONE, 1));
        writer.arrived.acquireUninterruptibly();
        for (int sequence = 2; sequence <= 25; sequence++) {
            append(TestingEntry.event(tenure, ONE, sequence));
        }
        writer.letGo();
        journal.flush();

        assertThat(writer.events().stream().map(EventRow::sequence)).isSorted().hasSize(25);
        assertThat(writer.written().stream().map(batch -> batch.events().size()))
                .containsExactly(1, 10, 10, 4);
        assertThat(writer.written().getFirst().epochs()).containsEntry(0, 7L);
    }

    @Test
    void hasNoRoomForWhatNobodyWaitsForWhileMuchIsQueued() {
        assertThat(journal.hasRoom(0)).isTrue();
        writer.hold();
        append(TestingEntry.event(tenure, ONE, 1));
        writer.arrived.acquireUninterruptibly();
        for (int sequence = 2; sequence <= 600; sequence++) {
            append(TestingEntry.event(tenure, ONE, sequence));
        }

        assertThat(journal.hasRoom(0)).isFalse();
        writer.letGo();
        journal.flush();
        assertThat(journal.hasRoom(0)).isTrue();
    }

    @Test
    void answersWithoutEventsOnlyAfterTheEventsBefore() {
        writer.hold();
        append(TestingEntry.event(tenure, ONE, 1));
        writer.arrived.acquireUninterruptibly();
        TestingEntry later = append(TestingEntry.event(tenure, ONE, 2));
        TestingEntry question = append(TestingEntry.nothing(tenure, ONE));

        assertThat(question.outcome()).isNotDone();
        writer.letGo();
        assertThat(question.became()).isEqualTo("durable");
        assertThat(later.outcome()).isDone();
    }

    @Test
    void writesOneRowAnInstanceAndKeepsItsInput() {
        writer.hold();
        append(TestingEntry.event(tenure, TWO, 1));
        writer.arrived.acquireUninterruptibly();
        InstanceRow born = TestingRows.running(ONE);
        append(TestingEntry.row(tenure, born));
        append(TestingEntry.row(tenure, TestingRows.withStatus(TestingRows.withInput(born, null), Status.COMPLETED)));
        writer.letGo();
        journal.flush();

        List<InstanceRow> rows = writer.written().getLast().instances();
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().status()).isEqualTo(Status.COMPLETED);
        assertThat(rows.getFirst().input()).isEqualTo(born.input());
    }

    @Test
    void aPoisonedInstanceHurtsNoOther() {
        UUID poisoned = TestingRows.id(5);
        writer.refuse(poisoned);
        writer.hold();
        append(TestingEntry.event(tenure, TestingRows.id(9), 1));
        writer.arrived.acquireUninterruptibly();
        List<TestingEntry> entries = new ArrayList<>();
        for (int number = 1; number <= 9; number++) {
            entries.add(append(TestingEntry.event(tenure, TestingRows.id(number), 2)));
        }
        writer.letGo();

        for (TestingEntry entry : entries) {
            assertThat(entry.became()).isEqualTo(entry.instance().equals(poisoned) ? "refused" : "durable");
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void aFencedPartitionIsRefusedAndTheOthersAreWritten() {
        writer.fence(0);
        writer.hold();
        append(TestingEntry.event(other, TestingRows.id(9), 1));
        writer.arrived.acquireUninterruptibly();
        TestingEntry fenced = append(TestingEntry.event(tenure, ONE, 1));
        TestingEntry kept = append(TestingEntry.event(other, TWO, 1));
        writer.letGo();

        assertThat(fenced.became()).isEqualTo("refused");
        assertThat(kept.became()).isEqualTo("durable");
        assertThat(append(TestingEntry.nothing(tenure, ONE)).became()).isEqualTo("refused");
        assertThat(losses).containsExactly(Set.of(0));
        assertThat(tenure.isLost()).isTrue();
    }

    @Test
    void writesWhatWasAppendedBeforeItStops() {
        TestingEntry entry = append(TestingEntry.event(tenure, ONE, 1));

        journal.stop(Duration.ofSeconds(10));

        assertThat(entry.became()).isEqualTo("durable");
    }

    private TestingEntry append(TestingEntry entry) {
        journal.append(entry);
        return entry;
    }
}
