package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a document defines under {@code use}. */
class DefinitionsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
    private static final Variables NO_VARIABLES = Variables.at(Instant.EPOCH);

    private final DocumentCompiler compiler = new DocumentCompiler();

    @Test
    void resolvesErrorsRetriesAndTimeouts() {
        Plan plan = compile("""
                use:
                  errors: {late: {type: 'urn:late', status: 409, title: '${ .why }'}}
                  retries: {often: {delay: PT1S, limit: {attempt: {count: 9}}, when: $e.status == 503}}
                  timeouts: {short: {after: PT5S}, long: {after: {days: 1}}}
                timeout: long
                do:
                - t:
                    try: [{r: {raise: {error: late}}}]
                    catch: {as: e, retry: often}
                    timeout: short
                - r: {raise: {error: late}}
                """);

        RetrySpec retry = present(((TryTask) plan.task("/do/0/t")).catches().retry());
        assertThat(retry.maxRetries()).isEqualTo(9);
        assertThat(plan.task("/do/0/t").common().timeout()).isEqualTo(new DurationSpec.Fixed(Duration.ofSeconds(5)));
        assertThat(plan.timeout()).isEqualTo(new DurationSpec.Fixed(Duration.ofDays(1)));
        RaiseTask raise = (RaiseTask) plan.task("/do/1/r");
        assertThat(raise.error().status()).isEqualTo(409);
        assertThat(present(raise.error().title())
                        .evaluate(Json.readTrusted("{\"why\":\"so\"}"), NO_VARIABLES)
                        .asText())
                .isEqualTo("so");
    }

    @Test
    void tellsAMistakeInASharedDefinitionOnce() {
        Compilation compilation = compiler.compile(HEADER + """
                use: {retries: {r: {when: $eror.status == 503}}}
                do:
                - a: {try: [], catch: {retry: r}}
                - b: {try: [], catch: {as: e, retry: r}}
                """);

        assertThat(compilation.problems())
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                .containsExactly("2:27 Expected one of $context, $input, $task, $workflow, $runtime, $error, but found"
                        + " $eror; did you mean \"error\"?");
    }

    @Test
    void putsExtensionsAroundTasksOfTheirKindTheFirstOutermost() {
        Plan plan = compile("""
                use:
                  extensions:
                  - log: {extend: all, before: [{note: {set: '$task.name'}}]}
                  - mock:
                      extend: call
                      when: $task.definition.call == "http"
                      before: [{answer: {call: f, then: exit}}]
                      after: [{done: {set: .}}]
                do:
                - first: {set: {x: 1}, then: third}
                - second: {call: f, if: .x, then: end}
                - third: {set: {x: 1}, then: second}
                """);

        ExtendedTask first = (ExtendedTask) plan.tasks().tasks().get(0);
        assertThat(first.pointer()).isEqualTo("/use/extensions/0/log/do/0/first");
        assertThat(first.name()).isEqualTo("first");
        assertThat(first.common().then()).isEqualTo(new Directive.Goto("third"));
        assertThat(first.when()).isNull();
        assertThat(first.after().tasks()).isEmpty();
        assertThat(plan.task("/do/0/first").common().then()).isEqualTo(Directive.CONTINUE);

        ExtendedTask outer = (ExtendedTask) plan.tasks().tasks().get(1);
        ExtendedTask inner = (ExtendedTask) outer.extended().tasks().getFirst();
        Task second = inner.extended().tasks().getFirst();
        assertThat(List.of(outer.pointer(), inner.pointer(), second.pointer()))
                .containsExactly(
                        "/use/extensions/0/log/do/1/second", "/use/extensions/1/mock/do/1/second", "/do/1/second");
        assertThat(List.of(
                        outer.common().then(),
                        inner.common().then(),
                        second.common().then()))
                .containsExactly(Directive.END, Directive.CONTINUE, Directive.CONTINUE);
        assertThat(List.of(
                        outer.common().indexInList(),
                        inner.common().indexInList(),
                        second.common().indexInList()))
                .containsExactly(1, 0, 0);
        assertThat(outer.common().condition()).isNull();
        assertThat(second.common().condition()).isNotNull();
        assertThat(outer.before()).isSameAs(first.before());
        assertThat(inner.when()).isNotNull();
        assertThat(plan.task("/use/extensions/1/mock/before/0/answer")).isInstanceOf(CallTask.class);
        assertThat(plan.task("/use/extensions/1/mock/after/0/done")).isInstanceOf(SetTask.class);
    }

    @Test
    void extendsTasksInsideOfTasksAndFunctionsButNotWhatExtensionsCall() {
        Plan plan = compile("""
                use:
                  extensions:
                  - audit: {extend: set, before: [{tell: {call: logs}}]}
                  - both: {extend: composite, after: [{tell: {call: logs}}]}
                  functions:
                    logs: {do: [{a: {set: {x: 1}}}]}
                    plain: {set: {x: 1}}
                do:
                - f: {fork: {branches: [{b: {set: {x: 1}, then: end}}]}}
                - c: {call: plain}
                - d: {call: logs}
                """);

        ExtendedTask fork = (ExtendedTask) plan.tasks().tasks().getFirst();
        ForkTask inner = (ForkTask) fork.extended().tasks().getFirst();
        ExtendedTask branch = (ExtendedTask) inner.branches().tasks().getFirst();
        assertThat(branch.common().then()).isEqualTo(Directive.END);
        assertThat(((FunctionTask) plan.task("/do/1/c")).body().tasks().getFirst())
                .isInstanceOf(ExtendedTask.class)
                .extracting(Task::pointer)
                .isEqualTo("/use/extensions/0/audit/use/functions/plain");
        FunctionTask called = (FunctionTask) plan.task("/do/2/d");
        assertThat(called.body().tasks()).containsExactly(plan.task("/use/functions/logs"));
        assertThat(plan.task("/use/functions/logs").lists().getFirst().tasks())
                .containsExactly(plan.task("/use/functions/logs/do/0/a"));
    }

    @Test
    void leavesOutExtensionsThatDoNothing() {
        Plan plan = compile("""
                use: {extensions: [{nothing: {extend: all}}]}
                do: [{a: {set: {x: 1}}}]
                """);

        assertThat(plan.tasks().tasks()).containsExactly(plan.task("/do/0/a"));
    }

    @Test
    void judgesReachabilityAsIfThereWereNoExtensions() {
        String body = """
                do:
                - a: {raise: {error: {type: 'urn:x', status: 500}}}
                - b: {set: {x: 1}, then: end}
                - c: {set: {x: 1}}
                """;

        assertThat(compiler.compile(HEADER + "use: {extensions: [{e: {extend: all, after: [{x: {set: .}}]}}]}\n" + body)
                        .problems())
                .extracting(Problem::pointer)
                .containsExactly("/do/1/b");
        assertThat(compiler.compile(
                                HEADER + "use: {extensions: [{e: {extend: all, before: [{x: {set: .}}]}}]}\n" + body)
                        .problems())
                .extracting(Problem::pointer)
                .containsExactly("/do/2/c");
    }

    @Test
    void visitsSharedFunctionsOnce() {
        StringBuilder functions = new StringBuilder();
        for (int index = 0; index < 40; index++) {
            functions.append("    f%1$d: {do: [{x: {call: f%2$d}}, {y: {call: f%2$d}}]}\n".formatted(index, index + 1));
        }

        Plan plan = compile("use:\n  functions:\n" + functions + "    f40: {set: .}\ndo: [{a: {call: f0}}]\n");

        assertThat(plan.byPointer()).hasSize(1 + 40 * 3 + 1);
    }

    @Test
    void refusesChainsOfFunctionsThatAreTooLong() {
        StringBuilder functions = new StringBuilder();
        for (int index = 0; index < 5000; index++) {
            functions.append("    f%d: {call: f%d}\n".formatted(index, index + 1));
        }

        Compilation compilation = compiler.compile(
                HEADER + "use:\n  functions:\n" + functions + "    f5000: {set: .}\ndo: [{a: {call: f0}}]\n");

        assertThat(compilation.problems())
                .extracting(Problem::code)
                .contains("recursive-function")
                .doesNotContain("unknown-reference");
    }

    @Test
    void triesTextsAsExpressionsInLooseMode() {
        Plan loose = compile("""
                evaluate: {language: jq, mode: loose}
                do: [{a: {set: {x: .n, y: 'Hello ${ .n }', z: .n.m, u: $nothing, w: '${ .n }', v: plain text}}}]
                """);
        SetTask set = (SetTask) loose.task("/do/0/a");

        assertThat(Json.write(set.value().evaluate(Json.readTrusted("{\"n\":5}"), NO_VARIABLES)))
                .isEqualTo("{\"x\":5,\"y\":\"Hello ${ .n }\",\"z\":\".n.m\",\"u\":\"$nothing\",\"w\":5,"
                        + "\"v\":\"plain text\"}");
    }

    private Plan compile(String body) {
        Compilation compilation = compiler.compile(HEADER + body);
        assertThat(compilation.problems()).isEmpty();
        return compilation.plan().orElseThrow();
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
