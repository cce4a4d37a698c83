package io.orquestrax.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartWindowTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long now = 17;
    private final StartWindow window = new StartWindow(() -> now);
    private final List<Call> sent = new ArrayList<>();
    private int waiting;

    private final class Call implements StartWindow.Call {
        private boolean isWanted = true;

        @Override
        public void send() {
            sent.add(this);
        }

        @Override
        public void await() {
            waiting++;
        }

        @Override
        public boolean isWanted() {
            return isWanted;
        }
    }

    @Test
    void sendsAsManyAtOnceAsAServerHasUseFor() {
        pass(StartWindow.MOST + 10);

        assertThat(sent).hasSize(StartWindow.MOST);
        assertThat(waiting).isEqualTo(10);
    }

    @Test
    void sendsTheNextOfThoseThatWaitForEachThatEnds() {
        pass(StartWindow.MOST);
        Call first = pass();
        Call second = pass();

        window.ended(true);
        assertThat(sent).last().isSameAs(first);
        window.ended(false);

        assertThat(sent).last().isSameAs(second);
    }

    @Test
    void overtakesNobody() {
        pass(StartWindow.MOST + 2);
        window.ended(true);

        pass();

        assertThat(sent).hasSize(StartWindow.MOST + 1);
        assertThat(waiting).isEqualTo(3);
    }

    @Test
    void passesOverThoseWhoseCallersGaveUp() {
        pass(StartWindow.MOST);
        for (int number = 0; number < 100_000; number++) {
            pass().isWanted = false;
        }
        Call wanted = pass();

        window.ended(true);

        assertThat(sent).last().isSameAs(wanted);
        assertThat(sent).hasSize(StartWindow.MOST + 1);
    }

    @Test
    void hasHalfAsManyUnderWayAfterARefusal() {
        pass(1000);
        window.refused(now);

        end(500, false);
        pass(1);
        assertThat(waiting).isEqualTo(1);
        end(1, false);

        assertThat(sent).hasSize(1001);
    }

    @Test
    void halvesOnceForAllThatWereUnderWay() {
        pass(1000);
        long before = now;
        now++;
        for (int refusal = 0; refusal < 100; refusal++) {
            window.refused(before);
        }

        end(501, false);
        pass(1);

        assertThat(waiting).isZero();
    }

    @Test
    void neverHasTooFewUnderWayToFindOutWhetherMoreMayBe() {
        for (int refusal = 0; refusal < 100; refusal++) {
            now++;
            window.refused(now);
        }

        pass(StartWindow.LEAST + 1);

        assertThat(sent).hasSize(StartWindow.LEAST);
    }

    @Test
    void growsSlowlyAgainWithAnswers() {
        pass(1000);
        window.refused(now);
        end(1000, false);
        sent.clear();
        pass(2000);
        assertThat(sent).hasSize(500);

        end(500, true);

        assertThat(sent).hasSize(500 + 500 + 1);
    }

    @Test
    void knowsAStartAsHopelessThatWouldWaitForMostOfItsTime() {
        pass(StartWindow.MOST + 2000);
        answerInASecond(1000);
        assertThat(waiting).isEqualTo(2000);

        assertThat(window.isHopeless(SECOND)).isTrue();
        assertThat(window.isHopeless(SECOND.multipliedBy(3))).isFalse();
    }

    @Test
    void judgesOnlyByAnswersOfTheTimeWhenSomeWait() {
        pass(StartWindow.MOST);
        now += Duration.ofHours(1).toNanos();
        end(10, true);
        pass(510);

        assertThat(window.isHopeless(SECOND)).isFalse();
        answerInASecond(100);

        assertThat(window.isHopeless(SECOND)).isTrue();
    }

    @Test
    void knowsNothingAsHopelessBeforeAnythingWasAnswered() {
        pass(StartWindow.MOST + 100_000);

        assertThat(window.isHopeless(Duration.ofMillis(1))).isFalse();
    }

    private void pass(int calls) {
        for (int number = 0; number < calls; number++) {
            pass();
        }
    }

    private Call pass() {
        Call call = new Call();
        window.pass(call);
        return call;
    }

    /** Evenly. */
    private void answerInASecond(int calls) {
        for (int number = 0; number < calls; number++) {
            now += SECOND.toNanos() / calls;
            window.ended(true);
        }
    }

    private void end(int calls, boolean isAnswered) {
        for (int number = 0; number < calls; number++) {
            window.ended(isAnswered);
        }
    }
}
