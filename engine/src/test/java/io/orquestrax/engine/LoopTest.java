package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.JobOffer;
import org.junit.jupiter.api.Test;

/** The for task: iterations that chain, and what ends them. */
class LoopTest {

    @Test
    void chainsIterationsWithItemAndIndex() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - colors:
                              for:
                                each: color
                                in: .colors
                              do:
                                - mark:
                                    set: '${ { processed: { colors: ((.processed.colors // []) + [$color]), indexes: ((.processed.indexes // []) + [$index]) } } }'
                        """).start("{\"colors\":[\"red\",\"green\",\"blue\"]}");

        assertThat(instance.output())
                .isEqualTo(json("{\"processed\":{\"colors\":[\"red\",\"green\",\"blue\"],\"indexes\":[0,1,2]}}"));
    }

    @Test
    void givesItsInputWhereThereIsNothingToGoThrough() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - none:
                              for: { in: .items }
                              do:
                                - never:
                                    set: { never: true }
                        """).start("{\"items\":[]}");

        assertThat(instance.output()).isEqualTo(json("{\"items\":[]}"));
    }

    @Test
    void faultsWhereThereIsNoArray() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - wrong:
                              for: { in: .items }
                              do:
                                - never:
                                    set: { never: true }
                        """).start("{\"items\":{\"a\":1}}");

        assertThat(instance.error().type()).isEqualTo(StandardError.EXPRESSION.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/wrong");
        assertThat(instance.error().detail()).contains("object");
    }

    @Test
    void testsTheConditionOnTheChainedValueBeforeEachIteration() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - sum:
                              for: { each: n, at: position, in: '[1, 2, 3, 4]' }
                              while: . + $n < 7 and $position < 9
                              do:
                                - add:
                                    set: ${ . + $n }
                        """).start("0");

        assertThat(instance.output()).isEqualTo(json("6"));
    }

    @Test
    void aConditionThatFailsIsAnErrorOfTheLoop() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - guarded:
                              try:
                                - loop:
                                    for: { in: '[1]' }
                                    while: .a.b
                                    do:
                                      - never:
                                          set: { never: true }
                              catch:
                                as: e
                                do:
                                  - note:
                                      set: ${ $e.instance }
                        """).start("{\"a\":\"text\"}");

        assertThat(instance.output()).isEqualTo(json("\"/do/0/guarded/try/0/loop\""));
    }

    @Test
    void exitBreaksTheLoopAndEndTheWorkflow() {
        String body = """
                do:
                  - loop:
                      for: { in: '[1, 2, 3]' }
                      do:
                        - keep:
                            set: ${ $item }
                        - stop:
                            switch:
                              - enough: { when: . == 2, then: %s }
                  - after:
                      set: '${ { was: . } }'
                """;

        assertThat(TestingInstance.of(body.formatted("exit")).start("0").output())
                .isEqualTo(json("{\"was\":2}"));
        assertThat(TestingInstance.of(body.formatted("end")).start("0").output())
                .isEqualTo(json("2"));
    }

    @Test
    void goesOnInTheMiddleAfterARestartAndARetry() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - outer:
                              for: { each: a, in: .rows }
                              do:
                                - inner:
                                    for: { each: b, in: $a }
                                    do:
                                      - work:
                                          call: work
                                          with: { a: '${ $a }', b: '${ $b }', index: '${ $index }' }
                        """).start("{\"rows\":[[1,2],[3]]}");
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"a\":[1,2],\"b\":1,\"index\":0}"));
        instance.restart();
        instance.complete("work", "1");
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"a\":[1,2],\"b\":2,\"index\":1}"));
        instance.fail("work", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/outer/do/0/inner/do/0/work");

        instance.restart();
        instance.send(new Command.RetryInstance("tester", null));
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"a\":[1,2],\"b\":2,\"index\":1}"));
        instance.complete("work", "2");
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"a\":[3],\"b\":3,\"index\":0}"));
        instance.complete("work", "3");

        assertThat(instance.output()).isEqualTo(json("3"));
    }

    @Test
    void timesOutAndIsCancelledWithItsJob() {
        String body = """
                do:
                  - loop:
                      for: { in: '[1, 2]' }
                      timeout: { after: PT10S }
                      do:
                        - work:
                            call: work
                """;

        TestingInstance late = TestingInstance.of(body).start("{}").advance("PT10S");
        assertThat(late.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(late.error().instance()).isEqualTo("/do/0/loop");
        assertThat(late.jobs()).isEmpty();

        TestingInstance cancelled = TestingInstance.of(body).start("{}");
        cancelled.send(new Command.CancelInstance("tester", null));
        assertThat(cancelled.jobs()).isEmpty();
    }

    @Test
    void suspendsBetweenIterations() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - loop:
                              for: { in: '[1, 2]' }
                              do:
                                - work:
                                    call: work
                                    with: { n: '${ $item }' }
                        """).start("{}");
        JobOffer job = instance.job("work");
        instance.send(new Command.SuspendInstance("tester", null));
        instance.complete(job, "{}");
        assertThat(instance.jobs()).isEmpty();

        instance.send(new Command.ResumeInstance("tester", null));
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"n\":2}"));
    }

    @Test
    void aLongLoopContinuesItselfAndKeepsNothingOfItsPast() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - loop:
                              for: { in: '[range(0; 700)]' }
                              do:
                                - add:
                                    set: ${ . + $item }
                          - pause:
                              wait: PT1S
                        """).start("0");

        assertThat(instance.state().frames()).hasSize(2);
        assertThat(instance.advance("PT1S").output()).isEqualTo(json("244650"));
    }
}
