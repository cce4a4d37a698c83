package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.activation.ActivationHistory;
import io.orquestrax.engine.activation.Detail;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.event.LossReason;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The steps that pages show. */
class ActivationHistoryTest {
    private static final String RETRIED = """
            do:
              - prepare:
                  set: { ready: true }
              - guarded:
                  try:
                    - work:
                        call: work
                  catch:
                    retry:
                      delay: PT1S
                      limit: { attempt: { count: 1 } }
                    do:
                      - repair:
                          set: { repaired: true }
              - rest:
                  wait: PT5S
            """;

    @Test
    void tellsEveryActivationWithItsStateInputAndOutput() {
        TestingInstance instance = TestingInstance.of(RETRIED).start("{\"a\":1}");

        assertThat(fold(instance))
                .extracting(Activation::name, Activation::kind, Activation::state)
                .containsExactly(
                        row("prepare", "set", Activation.State.COMPLETED),
                        row("guarded", "try", Activation.State.RUNNING),
                        row("work", "call", Activation.State.QUEUED));
        assertThat(fold(instance).get(0).input()).isEqualTo(json("{\"a\":1}"));
        assertThat(fold(instance).get(0).output()).isEqualTo(json("{\"ready\":true}"));
        assertThat(fold(instance).get(2).input()).isEqualTo(json("{\"ready\":true}"));
        assertThat(fold(instance).get(2).parent())
                .isEqualTo(fold(instance).get(1).activation());
    }

    @Test
    void showsRetriesHandlersAndWaits() {
        TestingInstance instance = TestingInstance.of(RETRIED).start("{}");
        instance.lose("work", LossReason.WORKER_GONE);
        assertThat(fold(instance).get(2).attempt()).isEqualTo(2);
        assertThat(fold(instance).get(2).explanation()).contains("Attempt 1 was lost");

        instance.fail("work", "https://example.com/e", 500);
        assertThat(fold(instance).get(1).state()).isEqualTo(Activation.State.RETRYING);
        assertThat(fold(instance).get(1).dueAt()).isEqualTo(instance.now().plusSeconds(1));
        assertThat(fold(instance).get(2).state()).isEqualTo(Activation.State.FAULTED);

        instance.advance("PT1S").fail("work", "https://example.com/e", 500);
        assertThat(fold(instance))
                .extracting(Activation::name, Activation::state)
                .endsWith(tuple("repair", Activation.State.COMPLETED), tuple("rest", Activation.State.WAITING));
        assertThat(fold(instance).get(1).state()).isEqualTo(Activation.State.COMPLETED);
    }

    @Test
    void opensTheOpenOnesAgainWhenAFaultedInstanceIsRetried() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - outer:
                              do:
                                - work:
                                    call: work
                        """).start("{}").fail("work", "https://example.com/e", 500);
        assertThat(fold(instance)).extracting(Activation::state).containsOnly(Activation.State.FAULTED);

        instance.send(new Command.RetryInstance("tester", null));
        instance.complete("work", "{}");

        assertThat(fold(instance))
                .extracting(Activation::name, Activation::state)
                .containsExactly(
                        tuple("outer", Activation.State.COMPLETED),
                        tuple("work", Activation.State.FAULTED),
                        tuple("work", Activation.State.COMPLETED));
    }

    @Test
    void marksWhatWasOpenWhenTheInstanceWasCancelled() {
        TestingInstance instance = TestingInstance.of(RETRIED).start("{}");

        instance.send(new Command.CancelInstance("tester", null));

        assertThat(fold(instance))
                .extracting(Activation::state)
                .containsExactly(Activation.State.COMPLETED, Activation.State.CANCELLED, Activation.State.CANCELLED);
    }

    @Test
    void showsIterationsAndBranches() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - loop:
                              for: { in: '[1, 2, 3]' }
                              do:
                                - race:
                                    fork:
                                      compete: true
                                      branches:
                                        - one: { call: one }
                                        - two: { wait: PT1H }
                        """).start("{}").complete("one", "1");

        assertThat(fold(instance))
                .extracting(Activation::name, Activation::state, Activation::iteration, Activation::detail)
                .containsExactly(
                        tuple("loop", Activation.State.RUNNING, null, new Detail.Loop(3, 1)),
                        tuple("race", Activation.State.COMPLETED, 0, new Detail.Fork(true, 2)),
                        tuple("one", Activation.State.COMPLETED, null, null),
                        tuple("two", Activation.State.CANCELLED, null, null),
                        tuple("race", Activation.State.RUNNING, 1, new Detail.Fork(true, 2)),
                        tuple("one", Activation.State.QUEUED, null, null),
                        tuple("two", Activation.State.WAITING, null, null));
    }

    @Test
    void showsWhatIsWaitedForAndWhatWasEmitted() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - tell:
                              emit: { event: { with: { type: t } } }
                              output: { as: '1' }
                          - hear:
                              listen: { to: { any: [ { with: { type: a } }, { with: { type: '${ "b" }' } } ], until: length == 2 } }
                              foreach:
                                do:
                                  - child:
                                      run: { workflow: { namespace: tests, name: other, version: latest } }
                        """).start("{}");
        assertThat(fold(instance).get(0).detail()).isInstanceOf(Detail.Emitted.class);
        assertThat(fold(instance).get(1).state()).isEqualTo(Activation.State.WAITING);
        assertThat(fold(instance).get(1).explanation()).isEqualTo("Waits for a, b.");

        instance.deliver("b", "1");

        assertThat(fold(instance).get(1).detail()).isEqualTo(new Detail.Listening(List.of("a", "b"), 1, false));
        assertThat(fold(instance).get(1).state()).isEqualTo(Activation.State.RUNNING);
        assertThat(fold(instance).get(2).state()).isEqualTo(Activation.State.WAITING);
        assertThat(fold(instance).get(2).iteration()).isZero();
        assertThat(fold(instance).get(2).detail())
                .isEqualTo(new Detail.Child(instance.children().getFirst().child(), "tests", "other", null, true));

        instance.report(instance.children().getFirst(), Status.COMPLETED, json("2"), null);
        assertThat(fold(instance).get(1).state()).isEqualTo(Activation.State.WAITING);
        assertThat(fold(instance).get(1).explanation()).isEqualTo("Waits for a, b; 1 came so far.");
    }

    private static Tuple row(String name, String kind, Activation.State state) {
        return tuple(name, kind, state);
    }

    private static List<Activation> fold(TestingInstance instance) {
        return ActivationHistory.fold(instance.state().id(), instance.history());
    }
}
