package io.orquestrax.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.torture.load.Acknowledgement;
import io.orquestrax.bench.torture.load.Acknowledgement.Act;
import io.orquestrax.bench.torture.load.Acknowledgement.Acted;
import io.orquestrax.bench.torture.load.Acknowledgement.Ended;
import io.orquestrax.bench.torture.load.Acknowledgement.Started;
import io.orquestrax.bench.torture.load.Scenario;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcknowledgementRulesTest {
    private static final InstanceEvidence CHILD = TestingHistory.ofChild().evidence();
    private static final Instant LATER = TestingHistory.BEGIN.plusSeconds(90);

    @Test
    void whatIsTrueIsLeftAlone() {
        assertThat(promises(started("key", 0, LATER), ended("completed", "{\"number\":5}")))
                .isEmpty();
    }

    @Test
    void findsAnInstanceThatIsNotThere() {
        assertThat(AcknowledgementRules.missing(CHILD.id(), List.of(started("key", 0, LATER)))
                        .promise())
                .isEqualTo(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnotherInstanceUnderTheIdThatWasTold() {
        assertThat(promises(started("another", 0, LATER))).containsExactly(AcknowledgementRules.NOT_LOST);
        assertThat(promises(started("key", 1, LATER))).containsExactly(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnActThatTheHistoryDoesNotKnow() {
        assertThat(promises(new Acted(CHILD.id(), Act.SUSPEND, LATER))).containsExactly(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnEndThatIsAnotherThanWasTold() {
        assertThat(promises(ended("cancelled", "{\"number\":5}"))).containsExactly(AcknowledgementRules.NOT_LOST);
        assertThat(promises(ended("completed", "{\"number\":4}"))).containsExactly(AcknowledgementRules.NOT_LOST);
    }

    @Test
    void findsAnAnswerBeforeTheCommit() {
        assertThat(promises(started("key", 0, TestingHistory.BEGIN)))
                .containsExactly(AcknowledgementRules.AFTER_COMMIT);
    }

    private static Started started(String key, long number, Instant at) {
        return new Started(CHILD.id(), Scenario.CHILD, number, key, at);
    }

    private static Ended ended(String status, String output) {
        return new Ended(CHILD.id(), status, Optional.of(Json.readTrusted(output)), LATER);
    }

    private static List<String> promises(Acknowledgement... acknowledgements) {
        return AcknowledgementRules.check(CHILD, List.of(acknowledgements)).stream()
                .map(Violation::promise)
                .toList();
    }
}
