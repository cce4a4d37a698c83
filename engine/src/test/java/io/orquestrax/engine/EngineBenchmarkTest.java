package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.effect.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the benchmarks measure is right. */
class EngineBenchmarkTest {
    private final EngineBenchmark benchmark = new EngineBenchmark();

    @Test
    void eachStepLeadsToAJob() {
        for (Decision decision : List.of(benchmark.start(), benchmark.completeStep())) {
            assertThat(decision.effects()).hasSize(1).first().isInstanceOf(Effect.OfferJob.class);
            assertThat(decision.state().status()).isEqualTo(Status.RUNNING);
        }
    }

    @Test
    void theLoopAddsUp() {
        assertThat(benchmark.runLoop().state().status()).isEqualTo(Status.COMPLETED);
        assertThat(benchmark.runLoop().state().output()).contains(Json.readTrusted("{\"number\":191}"));
    }

    @Test
    void theFoldIsTheDecisionsState() {
        assertThat(benchmark.evolve()).isEqualTo(benchmark.completeStep().state());
    }

    @Test
    void theExpressionAddsUp() {
        assertThat(benchmark.evaluate()).isEqualTo(Json.readTrusted("43.30"));
    }

    @Test
    void whatIsEncodedIsDecoded() {
        assertThat(benchmark.encode()).hasSameSizeAs(benchmark.events());
        assertThat(benchmark.decode()).isEqualTo(benchmark.events());
    }
}
