package io.orquestrax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.state.InstanceState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A fork with very many branches. What is counted is memory that was asked for, which no load of the machine changes. */
class WideForkTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Decider decider = new Decider("test");
    private final List<JobOffer> offers = new ArrayList<>();
    private InstanceState state = InstanceState.unborn(UUID.randomUUID());

    @Test
    void aJobOfTenThousandBranchesTakesLittleMoreThanOneOfAThousand() {
        new WideForkTest().run(plan(1000), 1000);

        double narrow = new WideForkTest().run(plan(1000), 1000);
        double wide = new WideForkTest().run(plan(10_000), 10_000);

        assertThat(wide).isLessThan(narrow * 1.5);
    }

    /** Bytes for each job. */
    private double run(Plan plan, int branches) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        send(new Command.StartInstance(null, Json.NODES.objectNode(), Map.of(), "tester"), plan);
        assertThat(offers).hasSize(branches);
        for (JobOffer offer : List.copyOf(offers)) {
            send(new Command.CompleteJob(offer.activation(), 1, null, null, Json.NODES.numberNode(1)), plan);
        }
        long after = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(state.status()).isEqualTo(Status.COMPLETED);
        assertThat(state.output().orElseThrow()).hasSize(branches);
        assertThat(state.sequence())
                .as("start, fork, two of each job, and the ends")
                .isEqualTo(4 + 2L * branches);
        return (double) (after - before) / branches;
    }

    private void send(Command command, Plan plan) {
        Decision decision = decider.decide(state, command, TestingInstance.START, plan);
        state = decision.state();
        boolean continues = false;
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.OfferJob offer) {
                offers.add(offer.offer());
            }
            continues |= effect instanceof Effect.ContinueLater;
        }
        if (continues) {
            send(new Command.ContinueInstance(), plan);
        }
    }

    private static Plan plan(int branches) {
        StringBuilder body = new StringBuilder("do:\n  - wide:\n      fork:\n        branches:\n");
        for (int branch = 0; branch < branches; branch++) {
            body.append("          - b").append(branch).append(": { call: work }\n");
        }
        return TestingInstance.plan(body.toString());
    }
}
