package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Origin;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workflows that tasks run, seen from both ends. */
class ChildTest {
    private static final String PARENT = """
            do:
              - child:
                  run:
                    workflow: { namespace: tests, name: other, version: '1.0.0', input: { n: '${ .n }' } }
              - after:
                  set: '${ { was: . } }'
            """;
    private static final Map<String, JsonNode> MEMBERS = Map.of("order", json("7"));
    private static final WorkflowError ERROR =
            new WorkflowError("https://example.com/e", 409, "/do/5/inner", "it failed", "deep inside", MEMBERS);

    @Test
    void waitsForTheChildAndTakesItsOutput() {
        TestingInstance instance = TestingInstance.of(PARENT).start("{\"n\":7}");
        Effect.StartChild started = started(instance).getFirst();
        assertThat(started.namespace()).isEqualTo("tests");
        assertThat(started.name()).isEqualTo("other");
        assertThat(started.version()).isEqualTo("1.0.0");
        assertThat(started.input()).isEqualTo(json("{\"n\":7}"));
        assertThat(started.parent())
                .isEqualTo(new Origin.Parent(instance.state().id(), 1, true, 1));
        assertThat(started.child().version()).isEqualTo(7);
        assertThat(started.child().getMostSignificantBits() >>> 16).isEqualTo(TestingInstance.START.toEpochMilli());
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);

        instance.restart();
        report(instance, started, Status.COMPLETED, json("{\"done\":true}"), null);

        assertThat(instance.output()).isEqualTo(json("{\"was\":{\"done\":true}}"));
    }

    @Test
    void goesOnAtOnceWhereTheChildIsNotAwaited() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - child:
                              run:
                                await: false
                                workflow: { namespace: tests, name: other, version: latest }
                        """).start("{\"n\":7}");

        assertThat(instance.output()).isEqualTo(json("{\"n\":7}"));
        Effect.StartChild started = started(instance).getFirst();
        assertThat(started.version()).isNull();
        assertThat(started.parent().awaited()).isFalse();
        assertThat(started.input()).isEqualTo(json("{\"n\":7}"));
        assertThat(cancelled(instance)).isEmpty();
    }

    @Test
    void takesTheErrorOfTheChildAtItsOwnPlace() {
        TestingInstance instance = TestingInstance.of(PARENT).start("{}");

        report(instance, started(instance).getFirst(), Status.FAULTED, null, ERROR);

        assertThat(instance.error())
                .isEqualTo(new WorkflowError(
                        "https://example.com/e", 409, "/do/0/child", "it failed", "deep inside", MEMBERS));
        assertThat(cancelled(instance)).isEmpty();
    }

    @Test
    void aCancelledChildIsAnErrorThatNamesIt() {
        TestingInstance instance = TestingInstance.of(PARENT).start("{}");
        Effect.StartChild started = started(instance).getFirst();

        report(instance, started, Status.CANCELLED, null, null);

        assertThat(instance.error().type()).isEqualTo(StandardError.RUNTIME.type());
        assertThat(instance.error().detail()).contains(started.child().toString());
    }

    @Test
    void aReportOfAnotherChildOrASecondOneChangesNothing() {
        TestingInstance instance = TestingInstance.of(PARENT).start("{}");
        Effect.StartChild started = started(instance).getFirst();
        int before = instance.history().size();

        instance.send(new Command.ReportChild(1, UUID.randomUUID(), Status.COMPLETED, json("1"), null));
        instance.send(new Command.ReportChild(9, started.child(), Status.COMPLETED, json("1"), null));
        assertThat(instance.history()).hasSize(before);

        report(instance, started, Status.COMPLETED, json("1"), null);
        int after = instance.history().size();
        report(instance, started, Status.COMPLETED, json("1"), null);
        assertThat(instance.history()).hasSize(after);
    }

    @Test
    void recordsTheEndOfAChildWhileSuspended() {
        TestingInstance instance = TestingInstance.of(PARENT).start("{}");
        instance.send(new Command.SuspendInstance("tester", null));

        report(instance, started(instance).getFirst(), Status.COMPLETED, json("1"), null);
        assertThat(instance.state().status()).isEqualTo(Status.SUSPENDED);

        instance.send(new Command.ResumeInstance("tester", null));
        assertThat(instance.output()).isEqualTo(json("{\"was\":1}"));
    }

    @Test
    void cancelsTheChildWithItsParentOrItsTask() {
        TestingInstance cancelled = TestingInstance.of(PARENT).start("{}");
        cancelled.send(new Command.CancelInstance("tester", null));
        assertThat(cancelled(cancelled))
                .containsExactly(started(cancelled).getFirst().child());

        TestingInstance late = TestingInstance.of("timeout: { after: PT5S }\n" + PARENT)
                .start("{}")
                .advance("PT5S");
        assertThat(late.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(cancelled(late)).containsExactly(started(late).getFirst().child());
    }

    @Test
    void aRetryByHandStartsAnotherChild() {
        TestingInstance instance = TestingInstance.of("timeout: { after: PT5S }\n" + PARENT)
                .start("{}")
                .advance("PT5S");
        instance.restart();
        instance.send(new Command.RetryInstance("tester", null));

        assertThat(started(instance)).hasSize(2);
        assertThat(started(instance).get(1).child())
                .isNotEqualTo(started(instance).getFirst().child());
        report(instance, started(instance).getFirst(), Status.CANCELLED, null, null);
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        report(instance, started(instance).get(1), Status.COMPLETED, json("2"), null);
        assertThat(instance.output()).isEqualTo(json("{\"was\":2}"));

        TestingInstance faulted = TestingInstance.of(PARENT).start("{}");
        report(faulted, started(faulted).getFirst(), Status.FAULTED, null, ERROR);
        faulted.send(new Command.RetryInstance("tester", null));
        assertThat(started(faulted))
                .extracting(Effect.StartChild::child)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void endsWorkflowsThatRunEachOtherForEver() {
        TestingInstance last = startedBy(new Origin.Parent(UUID.randomUUID(), 3, true, Children.MAX_DEPTH - 1), PARENT);
        assertThat(started(last))
                .singleElement()
                .satisfies(child -> assertThat(child.parent().depth()).isEqualTo(Children.MAX_DEPTH));

        TestingInstance tooMany = startedBy(new Origin.Parent(UUID.randomUUID(), 3, true, Children.MAX_DEPTH), PARENT);
        assertThat(started(tooMany)).isEmpty();
        assertThat(tooMany.error().title()).isEqualTo("Too many workflows run each other");
    }

    @Test
    void tellsItsParentOfEveryEnd() {
        Origin.Parent parent = new Origin.Parent(UUID.randomUUID(), 3, true);

        TestingInstance completed = startedBy(parent, "do:\n  - a: { set: '${ 1 }' }\n");
        assertThat(completed.state().origin()).contains(parent);
        assertThat(reports(completed))
                .containsExactly(new Effect.ReportToParent(parent, Status.COMPLETED, json("1"), null));

        TestingInstance faulted = startedBy(parent, "do:\n  - a: { call: work }\n");
        faulted.fail("work", "https://example.com/e", 500);
        assertThat(reports(faulted)).extracting(Effect.ReportToParent::status).containsExactly(Status.FAULTED);
        faulted.send(new Command.RetryInstance("tester", null));
        faulted.complete("work", "1");
        assertThat(reports(faulted))
                .extracting(Effect.ReportToParent::status)
                .containsExactly(Status.FAULTED, Status.COMPLETED);

        TestingInstance cancelled = startedBy(parent, "do:\n  - a: { call: work }\n");
        cancelled.send(new Command.CancelInstance("tester", null));
        assertThat(reports(cancelled)).extracting(Effect.ReportToParent::status).containsExactly(Status.CANCELLED);

        TestingInstance refused =
                startedBy(parent, "input: { schema: { document: { type: string } } }\ndo:\n  - a: { call: work }\n");
        assertThat(reports(refused)).extracting(Effect.ReportToParent::status).containsExactly(Status.FAULTED);
    }

    @Test
    void tellsNobodyWhoDoesNotWait() {
        assertThat(startedBy(new Origin.Parent(UUID.randomUUID(), 3, false), "do:\n  - a: { set: '${ 1 }' }\n")
                        .effects())
                .isEmpty();
        assertThat(startedBy(new Origin.Schedule("every"), "do:\n  - a: { set: '${ 1 }' }\n")
                        .effects())
                .isEmpty();
        assertThat(startedBy(new Origin.Schedule("after"), "do:\n  - a: { set: '${ 1 }' }\n")
                        .effects())
                .containsExactly(new Effect.ReportToSchedule("after", TestingInstance.START));
    }

    private static TestingInstance startedBy(Origin origin, String body) {
        TestingInstance instance = TestingInstance.of(body);
        instance.send(new Command.StartInstance(null, json("{}"), Map.of(), "tester", origin));
        return instance;
    }

    private static void report(
            TestingInstance instance,
            Effect.StartChild child,
            Status status,
            @Nullable JsonNode output,
            @Nullable WorkflowError error) {
        instance.report(child, status, output, error);
    }

    private static List<Effect.StartChild> started(TestingInstance instance) {
        return effects(instance, Effect.StartChild.class);
    }

    private static List<Effect.ReportToParent> reports(TestingInstance instance) {
        return effects(instance, Effect.ReportToParent.class);
    }

    private static List<UUID> cancelled(TestingInstance instance) {
        return effects(instance, Effect.CancelChild.class).stream()
                .map(Effect.CancelChild::child)
                .toList();
    }

    private static <E extends Effect> List<E> effects(TestingInstance instance, Class<E> kind) {
        return instance.effects().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
