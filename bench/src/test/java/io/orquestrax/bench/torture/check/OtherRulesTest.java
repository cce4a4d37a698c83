package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.check.ScheduleRules.Window;
import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.ClientRecord.SlowCall;
import io.orquestrax.bench.torture.plan.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys, schedules and faults. */
class OtherRulesTest {

    @Test
    void aKeyMayBeUsedAgainWhenItsInstanceHasEnded() {
        assertThat(keys(child("a", "order-1", 0, 10), child("b", "order-1", 10, 20), child("c", "order-2", 5, 15)))
                .isEmpty();
    }

    @Test
    void findsTwoOpenInstancesOfOneKey() {
        assertThat(keys(child("a", "order-1", 0, 10), child("b", "order-1", 9, 20)))
                .extracting(Violation::promise)
                .containsExactly(KeyRules.UNIQUE);
    }

    @Test
    void aScheduleThatFiresEachTimeOnceIsRight() {
        assertThat(schedule(List.of(), 0, 2, 4, 6)).isEmpty();
    }

    @Test
    void findsATimeThatFiredTwice() {
        assertThat(schedule(List.of(), 0, 2, 2, 4)).containsExactly(ScheduleRules.ONCE);
    }

    @Test
    void findsAnInstanceOfNoTimeOfTheSchedule() {
        assertThat(schedule(List.of(), 0, 2, 3)).containsExactly(ScheduleRules.ONCE);
    }

    @Test
    void findsTimesThatWereMissedWithoutAReason() {
        Window fault = new Window(at(1), at(15));

        assertThat(schedule(List.of(fault), 0, 2, 16, 18)).isEmpty();
        assertThat(schedule(List.of(fault), 0, 2, 18)).containsExactly(ScheduleRules.NOT_MISSED);
    }

    @Test
    void findsACallThatFailedWhileANodeLeft() {
        List<FailedCall> failures = List.of(new FailedCall("start", "grpc-1", "unavailable", at(2), at(3)));

        assertThat(FaultRules.check(List.of(fault(true, true)), failures))
                .extracting(Violation::promise)
                .containsExactly(FaultRules.UNNOTICED);
        assertThat(FaultRules.check(List.of(fault(false, true)), failures)).isEmpty();
    }

    @Test
    void aCallThatBeganBeforeIsOfAnEarlierFault() {
        List<FailedCall> failures = List.of(new FailedCall("start", "grpc-1", "unavailable", at(-2), at(3)));

        assertThat(FaultRules.check(List.of(fault(true, true)), failures)).isEmpty();
    }

    @Test
    void findsAClusterThatDidNotBecomeWholeAgain() {
        assertThat(FaultRules.check(List.of(fault(false, false)), List.of()))
                .extracting(Violation::promise)
                .containsExactly(FaultRules.WHOLE);
    }

    @Test
    void tellsWhatClientsNoticed() {
        List<SlowCall> slow = List.of(
                new SlowCall("start", at(2), at(4)),
                new SlowCall("start", at(3), at(4)),
                new SlowCall("start", at(6), at(60)));
        List<FailedCall> failures = List.of(
                new FailedCall("start", "grpc-1", "unavailable", at(2), at(3)),
                new FailedCall("start", "grpc-1", "unavailable", at(6), at(7)));

        assertThat(Disruption.of(List.of(fault(true, true), fault(true, true)), slow, failures))
                .containsExactly(new Disruption("stop-node", 2, Duration.ofSeconds(2), 1));
    }

    private static List<Violation> keys(InstanceEvidence... instances) {
        KeyRules rules = new KeyRules();
        Arrays.stream(instances).forEach(rules::add);
        return rules.check();
    }

    private static InstanceEvidence child(String id, String key, int from, int to) {
        return new TestingHistory(id, "child").key(key).evidence(from, to);
    }

    /** @param seconds for which instances were started */
    private static List<String> schedule(List<Window> disturbances, int... seconds) {
        List<InstanceEvidence> instances = Arrays.stream(seconds)
                .mapToObj(second -> new TestingHistory(idAt(second), "scheduled").evidence())
                .toList();
        return ScheduleRules.check(instances, disturbances).stream()
                .map(Violation::promise)
                .toList();
    }

    private static String idAt(int second) {
        long high = at(second).toEpochMilli() << 16 | 0x7000L;
        return new UUID(high, 0x8000_0000_0000_0000L).toString();
    }

    private static FaultTrace fault(boolean graceful, boolean whole) {
        return new FaultTrace(1, FaultKind.STOP_NODE, "node-1", graceful, List.of(), at(1), at(5), whole);
    }

    private static Instant at(int second) {
        return TestingHistory.BEGIN.plusSeconds(second);
    }
}
