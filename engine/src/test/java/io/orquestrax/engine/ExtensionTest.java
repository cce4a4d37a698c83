package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Event;
import org.junit.jupiter.api.Test;

/** Tasks with extensions around them. */
class ExtensionTest {
    private static final String LOGGED = """
            use:
              extensions:
                - logging:
                    extend: call
                    before:
                      - enter:
                          call: log
                          with: { entering: '${ $task.name }', reference: '${ $task.reference }', data: '${ . }' }
                    after:
                      - leave:
                          call: log
                          with: { leaving: '${ $task.name }', output: '${ $task.output }', data: '${ . }' }
            do:
              - work:
                  call: work
                  output: { as: .result }
              - tell:
                  set: '${ { told: . } }'
            """;

    @Test
    void runsBeforeAndAfterAndLeavesTheDataAlone() {
        TestingInstance instance = TestingInstance.of(LOGGED).start("{\"n\":1}");
        assertThat(instance.job("log").arguments())
                .isEqualTo(json("{\"entering\":\"work\",\"reference\":\"/do/0/work\",\"data\":{\"n\":1}}"));
        assertThat(instance.job("log").task()).isEqualTo("/use/extensions/0/logging/before/0/enter");
        instance.complete("log", "\"lost\"");
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"n\":1}"));
        instance.restart();
        instance.complete("work", "{\"result\":2}");
        assertThat(instance.job("log").arguments()).isEqualTo(json("{\"leaving\":\"work\",\"output\":2,\"data\":2}"));
        instance.complete("log", "\"lost\"");

        assertThat(instance.output()).isEqualTo(json("{\"told\":2}"));
    }

    @Test
    void errorsAreThoseOfTheirTasksAndAreRetriedByHand() {
        TestingInstance instance = TestingInstance.of(LOGGED).start("{}");
        instance.fail("log", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/use/extensions/0/logging/before/0/enter");

        instance.send(new Command.RetryInstance("tester", null));
        instance.complete("log", "1").fail("work", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/work");
        instance.send(new Command.CancelInstance("tester", null));
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void exitInBeforeTakesThePlaceOfTheTask() {
        TestingInstance instance = TestingInstance.of("""
                        use:
                          extensions:
                            - mocking:
                                extend: call
                                when: $task.call == "work" and $task.definition.with.n == 1 and .given
                                before:
                                  - answer:
                                      set: { mocked: '${ $task.name }' }
                                      then: exit
                                after:
                                  - never:
                                      raise: { error: { type: 'urn:never', status: 500 } }
                        do:
                          - first:
                              call: work
                              with: { n: 1 }
                          - second:
                              call: work
                              with: { n: 2 }
                        """).start("{\"given\":true}");

        assertThat(instance.jobs()).extracting(JobOffer::task).containsExactly("/do/1/second");
        assertThat(instance.complete("work", "2").output()).isEqualTo(json("2"));
    }

    @Test
    void extensionsStandInsideOfEachOtherAndTheFlowGoesWhereTheTaskSends() {
        TestingInstance instance = TestingInstance.of("""
                        use:
                          extensions:
                            - outer:
                                extend: all
                                before: [ { a: { set: '${ "a" }' } } ]
                                after: [ { d: { set: '${ "d" }' } } ]
                            - inner:
                                extend: switch
                                before: [ { b: { set: '${ "b" }' } } ]
                                after: [ { c: { set: '${ "c" }' } } ]
                        do:
                          - choose:
                              switch:
                                - big: { when: .n > 1, then: last }
                          - between:
                              set: between
                          - last:
                              set: '${ { last: . } }'
                        """.replace("set: between", "set: '\"between\"'"))
                .start("{\"n\":2}");

        assertThat(instance.output()).isEqualTo(json("{\"last\":{\"n\":2}}"));
        assertThat(instance.history().stream()
                        .map(recorded -> recorded.event())
                        .filter(Event.TaskCompleted.class::isInstance)
                        .map(event -> ((Event.TaskCompleted) event).task()))
                .containsExactly(
                        "/use/extensions/0/outer/before/0/a",
                        "/use/extensions/1/inner/before/0/b",
                        "/do/0/choose",
                        "/use/extensions/1/inner/after/0/c",
                        "/use/extensions/1/inner/do/0/choose",
                        "/use/extensions/0/outer/after/0/d",
                        "/use/extensions/0/outer/do/0/choose",
                        "/use/extensions/0/outer/before/0/a",
                        "/do/2/last",
                        "/use/extensions/0/outer/after/0/d",
                        "/use/extensions/0/outer/do/2/last");
    }

    @Test
    void theThenOfASkippedTaskIsNotFollowed() {
        TestingInstance instance = TestingInstance.of("""
                        use:
                          extensions:
                            - one: { extend: set, before: [ { a: { set: '${ "a" }' } } ] }
                            - two: { extend: set, after: [ { b: { set: '${ "b" }' } } ] }
                        do:
                          - skipped:
                              if: .never
                              set: { never: true }
                              then: end
                          - last:
                              set: { last: true }
                              then: end
                        """).start("{}");

        assertThat(instance.output()).isEqualTo(json("{\"last\":true}"));
    }

    @Test
    void extendsTheBranchesOfAFork() {
        TestingInstance instance = TestingInstance.of("""
                        use:
                          extensions:
                            - one: { extend: call, before: [ { a: { set: '${ "a" }' } } ] }
                        do:
                          - both:
                              fork:
                                branches:
                                  - left: { call: left }
                                  - right: { call: right }
                        """)
                .start("{\"n\":1}")
                .complete("right", "2")
                .complete("left", "1");

        assertThat(instance.output()).isEqualTo(json("[1,2]"));
    }
}
