package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.EventCodec;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one step of an instance costs the core: to be run by {@code ./mvnw -Pmicro -pl engine -am test -DskipTests}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class EngineBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String STEPS = """
            do:
              - first:
                  call: charge-card
                  with:
                    number: ${ .number }
              - second:
                  call: charge-card
                  with:
                    number: ${ .number }
            """;
    private static final String LOOP = """
            do:
              - every:
                  for:
                    in: ${ [range(20)] }
                  do:
                    - add:
                        set:
                          number: ${ .number + $item }
            """;

    private final Decider decider = new Decider("benchmark");
    private final Plan steps = TestingInstance.plan(STEPS);
    private final Plan loop = TestingInstance.plan(LOOP);
    private final Command start =
            new Command.StartInstance(null, Json.readTrusted("{\"number\":1}"), Map.of(), "benchmark");
    private final InstanceState unborn = InstanceState.unborn(UUID.fromString("019a0000-0000-7000-8000-000000000001"));
    private final Expression expression = expression(".items | map(.price * .count) | add");
    private final JsonNode order =
            Json.readTrusted("{\"items\":[{\"price\":1.10,\"count\":3},{\"price\":20,\"count\":2}]}");
    private final Variables variables = Variables.at(NOW);
    private final List<RecordedEvent> history = new ArrayList<>();
    private final List<String> encoded = new ArrayList<>();
    private final InstanceState waiting;
    private final Command result;

    public EngineBenchmark() {
        Decision begun = decider.decide(unborn, start, NOW, steps);
        waiting = begun.state();
        JobOffer job = offered(begun);
        result = new Command.CompleteJob(
                job.activation(), job.attempt(), "worker", NOW, Json.readTrusted("{\"number\":2}"));
        history.addAll(begun.events());
        history.addAll(decider.decide(waiting, result, NOW, steps).events());
        history.forEach(recorded -> encoded.add(EventCodec.encode(recorded.event())));
    }

    private static JobOffer offered(Decision decision) {
        return decision.effects().stream()
                .filter(Effect.OfferJob.class::isInstance)
                .map(effect -> ((Effect.OfferJob) effect).offer())
                .findFirst()
                .orElseThrow();
    }

    private static Expression expression(String source) {
        try {
            return new ExpressionCompiler().compile(source);
        } catch (ExpressionSyntaxException mistake) {
            throw new IllegalStateException(mistake);
        }
    }

    /** A start, up to the first job. */
    @Benchmark
    public Decision start() {
        return decider.decide(unborn, start, NOW, steps);
    }

    /** A job's result, up to the next job. */
    @Benchmark
    public Decision completeStep() {
        return decider.decide(waiting, result, NOW, steps);
    }

    /** A loop of 20 iterations, each with a task. */
    @Benchmark
    public Decision runLoop() {
        return decider.decide(unborn, start, NOW, loop);
    }

    /** The events of a start and of a job's result. */
    @Benchmark
    public InstanceState evolve() {
        InstanceState state = unborn;
        for (RecordedEvent event : history) {
            state = state.evolve(event);
        }
        return state;
    }

    @Benchmark
    public JsonNode evaluate() {
        return expression.evaluate(order, variables);
    }

    /** As {@link #evolve}, written as JSON. */
    @Benchmark
    public List<String> encode() {
        List<String> texts = new ArrayList<>(history.size());
        for (RecordedEvent event : history) {
            texts.add(EventCodec.encode(event.event()));
        }
        return texts;
    }

    /** As {@link #encode}, read again. */
    @Benchmark
    public List<Event> decode() {
        List<Event> events = new ArrayList<>(history.size());
        for (int index = 0; index < encoded.size(); index++) {
            Event event = history.get(index).event();
            boolean isOfTask = event instanceof Event.OfTask;
            events.add(EventCodec.decode(
                    event.type(),
                    isOfTask ? ((Event.OfTask) event).task() : null,
                    isOfTask ? ((Event.OfTask) event).activation() : 0,
                    EventCodec.attemptOf(event),
                    encoded.get(index)));
        }
        return events;
    }

    List<Event> events() {
        return history.stream().map(RecordedEvent::event).toList();
    }
}
