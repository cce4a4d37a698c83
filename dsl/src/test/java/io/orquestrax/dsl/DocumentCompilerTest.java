package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.CatchSpec;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RetrySpec;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WaitTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentCompilerTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
    private static final Variables NO_VARIABLES = Variables.at(Instant.EPOCH);

    private final DocumentCompiler compiler = new DocumentCompiler();

    @Test
    void readsWhatTheDocumentSaysOfItself() {
        Plan plan = compile("""
                document:
                  dsl: '1.0.0'
                  namespace: shop
                  name: order
                  version: 1.2.3-rc.1
                  title: Order
                  summary: From *cart* to door
                  tags: {team: checkout}
                  metadata: {any: [thing]}
                do: []
                """);

        assertThat(plan.id()).hasToString("shop/order/1.2.3-rc.1");
        assertThat(plan.title()).isEqualTo("Order");
        assertThat(plan.summary()).isEqualTo("From *cart* to door");
        assertThat(plan.document().at("/document/tags/team").asText()).isEqualTo("checkout");
    }

    @Test
    void compilesJsonAsItCompilesYaml() {
        Plan plan = compile("""
                {
                \t"document": {"dsl":"1.0.0","namespace":"a","name":"b","version":"1.0.0"},
                \t"do": [{"greet":{"set":{"text":"\\ud83d\\ude00 \\/ \\u00e9"}}}]
                }""");

        assertThat(value((SetTask) plan.task("/do/0/greet"), "null").get("text").asText())
                .isEqualTo("😀 / é");
    }

    @Test
    void hashesTheTextItself() {
        assertThat(compile(HEADER + "do: []\n").contentHash())
                .isEqualTo(DocumentCompiler.contentHash(HEADER + "do: []\n"))
                .isNotEqualTo(DocumentCompiler.contentHash(HEADER + "do: [] \n"));
        assertThat(DocumentCompiler.contentHash("é"))
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    @Test
    void keepsEveryDigit() {
        Plan plan = compile(
                HEADER + "do:\n- a: {set: {n: 9007199254740993, d: 1.10, big: 123456789012345678901234567890}}\n");

        assertThat(Json.write(value((SetTask) plan.task("/do/0/a"), "{}")))
                .isEqualTo("{\"n\":9007199254740993,\"d\":1.10,\"big\":123456789012345678901234567890}");
    }

    @Test
    void knowsScalarsOfTheCoreSchemaOnly() {
        Plan plan =
                compile(HEADER + "do:\n- a: {set: {t: true, y: yes, n: ~, o: 0o17, x: 0xff, d: 2026-01-01, s: '1'}}\n");

        assertThat(Json.write(value((SetTask) plan.task("/do/0/a"), "{}")))
                .isEqualTo("{\"t\":true,\"y\":\"yes\",\"n\":null,\"o\":15,\"x\":255,\"d\":\"2026-01-01\",\"s\":\"1\"}");
    }

    @Test
    void followsAliases() {
        Plan plan = compile(HEADER + "do:\n- a: {set: &v {x: 1}}\n- b: {set: *v}\n");

        assertThat(value((SetTask) plan.task("/do/1/b"), "{}").get("x").asInt()).isEqualTo(1);
    }

    @Test
    void evaluatesValuesOnlyWhereTheyAreWrapped() {
        Plan plan = compile(HEADER + """
                do:
                - values: {set: {bare: .x, wrapped: '${ .x }', deep: [{at: '${.x+1}'}]}}
                - whole: {set: '.x'}
                - filtered: {input: {from: .x}, set: {y: 1}}
                - shaped: {input: {from: {z: '${ .x }', w: .x}}, set: {y: 1}}
                """);

        assertThat(Json.write(value((SetTask) plan.task("/do/0/values"), "{\"x\":5}")))
                .isEqualTo("{\"bare\":\".x\",\"wrapped\":5,\"deep\":[{\"at\":6}]}");
        assertThat(value((SetTask) plan.task("/do/1/whole"), "{\"x\":5}").asInt())
                .isEqualTo(5);
        assertThat(Json.write(
                        present(plan.task("/do/2/filtered").common().input().from())
                                .evaluate(json("{\"x\":5}"), NO_VARIABLES)))
                .isEqualTo("5");
        assertThat(Json.write(present(plan.task("/do/3/shaped").common().input().from())
                        .evaluate(json("{\"x\":5}"), NO_VARIABLES)))
                .isEqualTo("{\"z\":5,\"w\":\".x\"}");
    }

    @Test
    void givesEveryTaskItsPointer() {
        Plan plan = compile(HEADER + """
                do:
                - outer: {do: [{inner: {set: {x: 1}}}]}
                - t:
                    try: [{a/b: {set: {x: 1}}}]
                    catch: {do: [{y~z: {set: {x: 1}}}]}
                """);

        assertThat(plan.byPointer())
                .containsOnlyKeys(
                        "/do/0/outer",
                        "/do/0/outer/do/0/inner",
                        "/do/1/t",
                        "/do/1/t/try/0/a~1b",
                        "/do/1/t/catch/do/0/y~0z");
        assertThat(plan.task("/do/1/t").common().indexInList()).isEqualTo(1);
    }

    @Test
    void compilesACallWithItsLimits() {
        Plan plan = compile(HEADER + """
                do:
                - pay:
                    call: payments/charge
                    with: {amount: '${ .total }', currency: EUR}
                    timeout: {after: {minutes: 5}}
                    metadata:
                      owner: billing
                      job: {waiting: PT1H, running: PT30S, heartbeat: {seconds: 5}, total: P1D, priority: 9}
                - plain: {call: audit, then: end}
                """);

        CallTask pay = (CallTask) plan.task("/do/0/pay");
        CallTask plain = (CallTask) plan.task("/do/1/plain");
        assertThat(pay.function()).isEqualTo("payments/charge");
        assertThat(Json.write(pay.arguments().evaluate(json("{\"total\":1.10}"), NO_VARIABLES)))
                .isEqualTo("{\"amount\":1.10,\"currency\":\"EUR\"}");
        assertThat(pay.limits())
                .isEqualTo(new JobLimits(
                        Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofDays(1), 9));
        assertThat(pay.common().timeout()).isEqualTo(new DurationSpec.Fixed(Duration.ofMinutes(5)));
        assertThat(plain.limits()).isEqualTo(JobLimits.NONE);
        assertThat(plain.common().then()).isEqualTo(Directive.END);
        assertThat(Json.write(plain.arguments().evaluate(json("{\"as\":\"is\"}"), NO_VARIABLES)))
                .isEqualTo("{\"as\":\"is\"}");
    }

    @Test
    void compilesASwitch() {
        Plan plan = compile(HEADER + """
                do:
                - choose:
                    switch:
                    - large: {when: .n > 10, then: big}
                    - other: {then: exit}
                - big: {set: {x: 1}}
                """);

        SwitchTask choose = (SwitchTask) plan.task("/do/0/choose");
        assertThat(choose.cases()).extracting(SwitchTask.Case::name).containsExactly("large", "other");
        assertThat(present(choose.cases().get(0).when()).test(json("{\"n\":11}"), NO_VARIABLES))
                .isTrue();
        assertThat(choose.cases().get(0).then()).isEqualTo(new Directive.Goto("big"));
        assertThat(choose.cases().get(1).when()).isNull();
        assertThat(choose.cases().get(1).then()).isEqualTo(Directive.EXIT);
    }

    @Test
    void compilesATryWithAllItsParts() {
        Plan plan = compile(HEADER + """
                do:
                - t:
                    try: [{a: {call: f}}]
                    catch:
                      errors: {with: {type: 'urn:x', status: 503, details: d}}
                      as: problem
                      when: .status == 503
                      exceptWhen: $problem.title == "no"
                      retry:
                        when: $problem.status > 500
                        delay: PT3S
                        backoff: {exponential: {}}
                        limit: {attempt: {count: 5, duration: PT10S}, duration: {hours: 1}}
                        jitter: {from: PT0S, to: '${ .jitter }'}
                      do: [{log: {set: {error: '${ $problem }'}}}]
                      then: end
                """);

        CatchSpec catches = ((TryTask) plan.task("/do/0/t")).catches();
        RetrySpec retry = present(catches.retry());
        assertThat(present(catches.filter()).detail()).isEqualTo("d");
        assertThat(catches.as()).isEqualTo("problem");
        assertThat(present(catches.when()).test(json("{\"status\":503}"), NO_VARIABLES))
                .isTrue();
        assertThat(catches.then()).isEqualTo(Directive.END);
        assertThat(retry.backoff()).isEqualTo(RetrySpec.Backoff.EXPONENTIAL);
        assertThat(retry.maxRetries()).isEqualTo(5);
        assertThat(retry.attemptDuration()).isEqualTo(new DurationSpec.Fixed(Duration.ofSeconds(10)));
        assertThat(retry.totalDuration()).isEqualTo(new DurationSpec.Fixed(Duration.ofHours(1)));
        assertThat(present(retry.jitterTo()).resolve(json("{\"jitter\":\"PT2S\"}"), NO_VARIABLES))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void compilesWaitAndRaise() {
        Plan plan = compile(HEADER + """
                do:
                - pause: {wait: {days: 1, milliseconds: 5}}
                - until: {wait: '${ .pause }'}
                - fail: {raise: {error: {type: 'urn:late', status: 409, title: '${ .why }', detail: d}}}
                """);

        WaitTask until = (WaitTask) plan.task("/do/1/until");
        RaiseTask fail = (RaiseTask) plan.task("/do/2/fail");
        assertThat(((WaitTask) plan.task("/do/0/pause")).duration())
                .isEqualTo(new DurationSpec.Fixed(Duration.ofDays(1).plusMillis(5)));
        assertThat(until.duration().resolve(json("{\"pause\":{\"hours\":2}}"), NO_VARIABLES))
                .isEqualTo(Duration.ofHours(2));
        assertThat(fail.error().status()).isEqualTo(409);
        assertThat(present(fail.error().title())
                        .evaluate(json("{\"why\":\"late\"}"), NO_VARIABLES)
                        .asText())
                .isEqualTo("late");
    }

    @Test
    void compilesSchemasThatStandElsewhere() {
        String source = HEADER + """
                input: {schema: {resource: {endpoint: {uri: 'https://schemas.test/order'}}}}
                do: []
                """;

        Plan plan = new DocumentCompiler()
                .compile(source, uri -> Optional.of(json("{\"title\": \"" + uri + "\", \"required\": [\"id\"]}")))
                .plan()
                .orElseThrow();

        assertThat(present(plan.input().schema()).violations(json("{}"))).hasSize(1);
        assertThat(present(plan.input().schema()).violations(json("{\"id\": 1}")))
                .isEmpty();
        assertThat(present(compile(source).input().schema()).violations(json("{}")))
                .as("where nothing is looked up")
                .isEmpty();
    }

    @Test
    void compilesSchemasAndWorkflowDataFlow() {
        Plan plan = compile(HEADER + """
                input:
                  schema: {format: 'json', document: {type: object, required: [id]}}
                  from: '{id, by: $workflow.id}'
                output: {as: .result}
                timeout: {after: P1D}
                do:
                - a: {set: {x: 1}, export: {as: '$context + {last: $output}'}, output: {as: .x}}
                """);

        assertThat(present(plan.input().schema()).violations(json("{}"))).hasSize(1);
        assertThat(Json.write(present(plan.input().from())
                        .evaluate(json("{\"id\":1}"), NO_VARIABLES.with("workflow", json("{\"id\":\"w\"}")))))
                .isEqualTo("{\"id\":1,\"by\":\"w\"}");
        assertThat(plan.timeout()).isEqualTo(new DurationSpec.Fixed(Duration.ofDays(1)));
        assertThat(plan.task("/do/0/a").common().export().as()).isNotNull();
    }

    private Plan compile(String source) {
        Compilation compilation = compiler.compile(source);
        assertThat(compilation.problems()).isEmpty();
        return compilation.plan().orElseThrow();
    }

    private static JsonNode value(SetTask task, String input) {
        return task.value().evaluate(json(input), NO_VARIABLES);
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static JsonNode json(String text) {
        return Json.readTrusted(text);
    }
}
