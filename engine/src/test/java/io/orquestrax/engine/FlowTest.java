package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.effect.Effect;
import org.junit.jupiter.api.Test;

/** How tasks follow each other, and how data flows through them. */
class FlowTest {

    @Test
    void replacesDataWithSet() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - first:
                              set:
                                a: 1
                                b: ${ .given }
                          - second:
                              set:
                                c: ${ .b + 1 }
                        """).start("{\"given\": 41}");

        assertThat(instance.output()).isEqualTo(json("{\"c\":42}"));
        assertThat(instance.eventTypes())
                .containsExactly("InstanceStarted", "TaskCompleted", "TaskCompleted", "InstanceCompleted");
    }

    @Test
    void takesTheFirstCaseThatHolds() {
        String body = """
                do:
                  - choose:
                      switch:
                        - otherwise:
                            then: small
                        - big:
                            when: .n > 10
                            then: large
                  - large:
                      set: { size: large }
                      then: end
                  - small:
                      set: { size: small }
                """;

        assertThat(TestingInstance.of(body).start("{\"n\":11}").output()).isEqualTo(json("{\"size\":\"large\"}"));
        assertThat(TestingInstance.of(body).start("{\"n\":1}").output()).isEqualTo(json("{\"size\":\"small\"}"));
    }

    @Test
    void usesTheSwitchTasksOwnThenWhereNoCaseHolds() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - choose:
                              switch:
                                - never:
                                    when: "false"
                                    then: marked
                              then: end
                          - marked:
                              set: { marked: true }
                        """).start("{\"n\":1}");

        assertThat(instance.output()).isEqualTo(json("{\"n\":1}"));
    }

    @Test
    void skipsATaskWithoutFollowingItsThen() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - guarded:
                              if: .closed
                              set: { never: true }
                              then: end
                          - next:
                              set: { reached: true }
                        """).start("{\"closed\":false}");

        assertThat(instance.output()).isEqualTo(json("{\"reached\":true}"));
        assertThat(instance.eventTypes()).contains("TaskSkipped");
    }

    @Test
    void showsTheRawOutputWhereItIsTransformedAndExported() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - first:
                              set: { a: 1 }
                              output: { as: '{ raw: $task.output }' }
                              export: { as: '{ exported: $task.output }' }
                          - second:
                              set: { data: '${ . }', context: '${ $context }' }
                        """).start("{}");

        assertThat(instance.output())
                .isEqualTo(json("{\"data\":{\"raw\":{\"a\":1}},\"context\":{\"exported\":{\"a\":1}}}"));
    }

    @Test
    void exitLeavesTheListAndEndTheWorkflow() {
        String body = """
                do:
                  - outer:
                      do:
                        - one:
                            set: { at: one }
                            then: %s
                        - two:
                            set: { at: two }
                  - after:
                      set: '${ { was: .at } }'
                """;

        assertThat(TestingInstance.of(body.formatted("exit")).start("{}").output())
                .isEqualTo(json("{\"was\":\"one\"}"));
        assertThat(TestingInstance.of(body.formatted("end")).start("{}").output())
                .isEqualTo(json("{\"at\":\"one\"}"));
        assertThat(TestingInstance.of(body.formatted("continue")).start("{}").output())
                .isEqualTo(json("{\"was\":\"two\"}"));
    }

    @Test
    void transformsInputOutputAndContext() {
        TestingInstance instance = TestingInstance.of("""
                        input:
                          from: .order
                        output:
                          as: '${ { result: ., seen: $context.total } }'
                        do:
                          - add:
                              input:
                                from: .lines
                              set:
                                total: ${ add }
                              output:
                                as: .total
                              export:
                                as: '${ $context + { total: . } }'
                        """).start("{\"order\":{\"lines\":[1,2,3]}}");

        assertThat(instance.output()).isEqualTo(json("{\"result\":6,\"seen\":6}"));
    }

    @Test
    void showsTheDescriptors() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - show:
                              input: { from: .inner }
                              set:
                                task: ${ $task.name }
                                reference: ${ $task.reference }
                                raw: ${ $task.input }
                                transformed: ${ $input }
                                workflow: ${ $workflow.definition.document.name }
                                started: ${ $workflow.startedAt.epoch.seconds }
                                runtime: ${ $runtime.name }
                        """).start("{\"inner\":7}");

        assertThat(instance.output()).isEqualTo(json("""
                                {"task":"show","reference":"/do/0/show","raw":{"inner":7},"transformed":7,
                                 "workflow":"sample","started":1767225600,"runtime":"OrquestraX"}
                                """));
    }

    @Test
    void faultsWithTheValidationErrorWhereInputDoesNotMatch() {
        TestingInstance instance = TestingInstance.of("""
                        input:
                          schema:
                            document:
                              type: object
                              required: [name]
                        do:
                          - greet:
                              set: { ok: true }
                        """).start("{}");

        assertThat(instance.error().type()).isEqualTo(StandardError.VALIDATION.type());
        assertThat(instance.error().detail()).contains("name");
        assertThat(instance.eventTypes()).containsExactly("InstanceStarted", "InstanceFaulted");
    }

    @Test
    void faultsWithTheExpressionErrorAndItsPlace() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - divide:
                              set: ${ .n / 0 }
                        """).start("{\"n\":1}");

        assertThat(instance.error().type()).isEqualTo(StandardError.EXPRESSION.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/divide");
    }

    @Test
    void raisesTheErrorThatTheAuthorWrote() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - refuse:
                              raise:
                                error:
                                  type: https://example.com/errors/out-of-stock
                                  status: 409
                                  title: Out of stock
                                  detail: ${ "no " + .item }
                        """).start("{\"item\":\"tea\"}");

        assertThat(instance.error().type()).isEqualTo("https://example.com/errors/out-of-stock");
        assertThat(instance.error().status()).isEqualTo(409);
        assertThat(instance.error().detail()).isEqualTo("no tea");
        assertThat(instance.error().instance()).isEqualTo("/do/0/refuse");
    }

    @Test
    void continuesItselfAfterTheLimitOfSteps() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - count:
                              set: ${ . + 1 }
                          - again:
                              switch:
                                - more:
                                    when: . < 2500
                                    then: count
                        """).start("0");

        assertThat(instance.output()).isEqualTo(json("2500"));
        assertThat(instance.effects())
                .filteredOn(Effect.ContinueLater.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void continuesItselfAfterExpressionsThatTookLong() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - much:
                              for: { in: '[range(10)]' }
                              do:
                                - guarded:
                                    try:
                                      - endless: { set: '${ [range(1e9)] }' }
                                    catch: {}
                        """).start("{\"kept\": true}");

        assertThat(instance.output()).isEqualTo(json("{\"kept\": true}"));
        assertThat(instance.effects())
                .filteredOn(Effect.ContinueLater.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void endsATaskWhoseExpressionsTakeTooLongTogether() {
        String much = "  x%d: '${ [range(400000)] | length }'\n";
        TestingInstance instance = TestingInstance.of(
                        "do:\n- one:\n    set:\n      a: '${ [range(400000)] | length }'\n"
                                + "- many:\n    set:\n"
                                + "    " + much.formatted(1) + "    " + much.formatted(2) + "    " + much.formatted(3))
                .start("{}");

        assertThat(instance.error().instance()).isEqualTo("/do/1/many");
        assertThat(instance.error().detail())
                .endsWith("but the expressions and schemas of its task took more than 2000000 steps");
    }

    @Test
    void keepsEveryDigitOfNumbersThatNothingComputes() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - pick:
                              set: ${ .amounts }
                        """).start("{\"amounts\":[9007199254740993,1.10,1e400]}");

        assertThat(instance.output().toString()).isEqualTo("[9007199254740993,1.10,1E+400]");
    }
}
