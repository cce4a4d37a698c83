package io.orquestrax.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.WorkflowError;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events and their rows, both ways. */
public class EventCodecTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:20:30.123456Z");
    private static final JsonNode VALUE = Json.readTrusted("{\"n\":9007199254740993,\"d\":1.10,\"z\":\"\\u0000\"}");
    private static final UUID CHILD = UUID.fromString("019a0000-0000-7000-8000-00000000000c");
    private static final JsonNode NULL = Json.readTrusted("null");
    private static final WorkflowError ERROR = new WorkflowError("urn:e", 500, "/do/0/a", "title", null);
    private static final WorkflowError EXTENDED_ERROR =
            new WorkflowError("urn:e", 402, "/do/0/a", null, "detail", Map.of("balance", VALUE, "trace", NULL));
    private static final Event.Execution EXECUTION = new Event.Execution(2, "worker-1", TIME);

    /** One of each type at least. */
    public static List<Event> events() {
        return List.of(
                new Event.InstanceStarted(
                        new DefinitionId("a", "b", "1.0.0"), "hash", "key", VALUE, NULL, Map.of("t", "v"), "me", TIME),
                new Event.InstanceStarted(
                        new DefinitionId("a", "b", "1.0.0"), "hash", null, NULL, null, Map.of(), "me", null),
                new Event.TaskStarted(1, 0, "/do/0/a", "do", VALUE, TIME, null),
                new Event.TaskStarted(2, 1, "/do/0/a/do/0/b", "try", null, null, TIME),
                new Event.TaskStarted(2, 1, "/do/0/f", "call", null, null, null, VALUE),
                new Event.LoopStarted(2, 1, "/do/0/f", VALUE, NULL, TIME),
                new Event.LoopStarted(2, 0, "/do/0/f", null, null, null),
                new Event.IterationStarted(2, "/do/0/f", 7, false),
                new Event.IterationStarted(2, "/do/0/f", 0, true),
                new Event.ForkStarted(2, 1, "/do/0/f", VALUE, true, 10_000, TIME),
                new Event.ForkStarted(2, 0, "/do/0/f", null, false, 1, null),
                new Event.InstanceStarted(
                        new DefinitionId("a", "b", "1.0.0"),
                        "hash",
                        null,
                        NULL,
                        null,
                        Map.of(),
                        "me",
                        null,
                        new Origin.Parent(CHILD, 9_007_199_254_740_993L, true, 2)),
                new Event.InstanceStarted(
                        new DefinitionId("a", "b", "1.0.0"),
                        "hash",
                        null,
                        NULL,
                        null,
                        Map.of(),
                        "me",
                        null,
                        new Origin.Schedule("cron")),
                new Event.ChildStarted(2, 1, "/do/0/r", VALUE, CHILD, "a", "b", "1.0.0", NULL, true, TIME),
                new Event.ChildStarted(2, 0, "/do/0/r", null, CHILD, "a", "b", null, null, false, null),
                new Event.IterationCompleted(2, "/do/0/l", 3, NULL, VALUE),
                new Event.IterationCompleted(2, "/do/0/l", 0, null, null),
                new Event.ListenStarted(2, 1, "/do/0/l", VALUE, VALUE, true, true, List.of("a", "b.*"), TIME),
                new Event.ListenStarted(2, 0, "/do/0/l", null, null, false, false, List.of(), null),
                new Event.EventConsumed(2, "/do/0/l", 1, 5_000_000_000L, TIME, NULL, Map.of("k", VALUE), true),
                new Event.EventConsumed(2, "/do/0/l", 0, 1, TIME, null, Map.of(), false),
                new Event.ExtensionStarted(2, 1, "/use/extensions/0/e/do/0/a", true, ExtensionPhase.BEFORE),
                new Event.ExtensionStarted(2, 0, "/use/extensions/0/e/do/0/a", false, ExtensionPhase.EXTENDED),
                new Event.ExtensionAdvanced(2, "/use/extensions/0/e/do/0/a", ExtensionPhase.AFTER),
                new Event.ChildRestarted(2, "/do/0/r", CHILD, 2),
                new Event.TaskCompleted(7, 0, "/do/4/e", "emit", NULL, null, Directive.CONTINUE, null, VALUE),
                new Event.WaitStarted(3, 0, "/do/1/w", VALUE, TIME, TIME),
                new Event.JobCreated(
                        4,
                        0,
                        "/do/2/c",
                        NULL,
                        "type",
                        VALUE,
                        new JobLimits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(300),
                                Duration.ofHours(4),
                                9),
                        TIME,
                        TIME),
                new Event.JobCreated(5, 0, "/do/2/c", null, "type", null, JobLimits.NONE, null, null),
                new Event.TaskSkipped(6, 0, "/do/3/s", "set"),
                new Event.TaskCompleted(7, 0, "/do/4/s", "set", VALUE, VALUE, new Directive.Goto("end"), null),
                new Event.TaskCompleted(8, 0, "/do/4/s", "call", null, null, Directive.END, EXECUTION),
                new Event.TaskCompleted(8, 0, "/do/4/s", "set", NULL, null, Directive.EXIT, null),
                new Event.TaskFaulted(9, 0, "/do/5/r", "raise", ERROR, null),
                new Event.TaskFaulted(9, 2, "/do/5/r", "call", EXTENDED_ERROR, EXECUTION),
                new Event.JobFailed(10, "/do/2/c", ERROR, EXECUTION, TIME, VALUE),
                new Event.JobRetried(10, "/do/2/c", 3),
                new Event.JobLost(10, "/do/2/c", new Event.Execution(1, null, null), LossReason.UNCLAIMED, null),
                new Event.RetryScheduled(2, "/do/0/t", ERROR, 2, TIME),
                new Event.RetryStarted(2, "/do/0/t", 2, TIME),
                new Event.ErrorCaught(2, "/do/0/t", ERROR),
                new Event.InstanceSuspended("me", "lunch"),
                new Event.InstanceResumed("me", null),
                new Event.InstanceCancelled("me", null),
                new Event.InstanceCompleted(VALUE),
                new Event.InstanceFaulted(ERROR),
                new Event.InstanceFaulted(EXTENDED_ERROR),
                new Event.InstanceRetried("me", null));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsBackWhatItWrote(Event event) {
        boolean ofTask = event instanceof Event.OfTask;

        Event decoded = EventCodec.decode(
                event.type(),
                ofTask ? ((Event.OfTask) event).task() : null,
                ofTask ? ((Event.OfTask) event).activation() : 0,
                EventCodec.attemptOf(event),
                EventCodec.encode(event));

        assertThat(decoded).isEqualTo(event);
    }

    @Test
    void theSamplesHoldEveryTypeOfEvent() {
        Set<Class<?>> sampled = new HashSet<>();
        events().forEach(event -> sampled.add(event.getClass()));

        assertThat(sampled)
                .containsExactlyInAnyOrderElementsOf(types(Event.class).toList());
    }

    @Test
    void namesArePastTense() {
        assertThat(types(Event.class).map(Class::getSimpleName))
                .allMatch(name -> name.endsWith("ed") || name.endsWith("Lost") || name.endsWith("Caught"));
    }

    @Test
    void refusesATypeThatItDoesNotKnow() {
        assertThatThrownBy(() -> EventCodec.decode("Surprised", null, 0, 0, "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Surprised");
    }

    private static Stream<Class<?>> types(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(EventCodecTest::types)
                        .distinct();
    }
}
