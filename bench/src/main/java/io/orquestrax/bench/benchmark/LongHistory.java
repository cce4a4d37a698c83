package io.orquestrax.bench.benchmark;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.sdk.OrquestraxClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance with a long history that has left memory, from the event that it waits for to its end. */
final class LongHistory implements Benchmark {
    private static final Figure TIME = Figure.atMost("long-history", 1, "s");
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String TASKS = """
            - loop:
                for:
                  in: ${ [range(%d)] }
                do:
                  - addOne:
                      set:
                        number: ${ .number + 1 }
            - listen:
                listen:
                  to:
                    one:
                      with:
                        type: bench.go-on
            - last:
                set:
                  number: 1
            """;

    @Override
    public List<Figure> figures() {
        return List.of(TIME);
    }

    @Override
    public Trial open(Environment environment, Scale scale) throws InterruptedException {
        ReadyStand ready = environment.shared();
        Workflow workflow = new Workflow("long-history", TASKS.formatted(scale.loops()), 1);
        workflow.deploy(ready.client());
        AtomicInteger events = new AtomicInteger();
        return load -> {
            String id = workflow.start(ready.client()).join().id();
            Waits.until(
                    "the instance waits, out of memory",
                    () -> isWaiting(ready.client(), id) && ready.node().meter("orquestrax_instances_resident") == 0);
            long began = System.nanoTime();
            var _ = ready.client().publish(List.of("""
                    {"specversion":"1.0","id":"go-on-%d","source":"urn:bench","type":"bench.go-on"}
                    """.formatted(events.incrementAndGet())));
            workflow.check(ready.client().await(id, Workflow.LIMIT));
            return Map.of(TIME.name(), (System.nanoTime() - began) / NANOS_PER_SECOND);
        };
    }

    private static boolean isWaiting(OrquestraxClient client, String id) {
        return client.instance(id).status() == io.orquestrax.sdk.InstanceStatus.WAITING;
    }
}
