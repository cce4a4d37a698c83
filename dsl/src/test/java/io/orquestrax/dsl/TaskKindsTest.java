package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.EventFilter;
import io.orquestrax.dsl.plan.EventFilter.Attribute;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.EventStrategy.Until;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.Task;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of loops, forks, events and workflows that tasks start. */
class TaskKindsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
    private static final Variables NO_VARIABLES = Variables.at(Instant.EPOCH);

    private final DocumentCompiler compiler = new DocumentCompiler();

    @Test
    void compilesALoopOverAnExpression() {
        Plan plan = compile("""
                do:
                - loop:
                    for: {each: pet, at: i, in: .pets}
                    while: $i < .most
                    do: [{feed: {set: '{pet: $pet, i: $i}'}}]
                """);

        ForTask loop = (ForTask) plan.task("/do/0/loop");
        assertThat(loop.each()).isEqualTo("pet");
        assertThat(loop.at()).isEqualTo("i");
        assertThat(Json.write(loop.in().evaluate(json("{\"pets\":[1,2]}"), NO_VARIABLES)))
                .isEqualTo("[1,2]");
        assertThat(present(loop.condition()).test(json("{\"most\":3}"), NO_VARIABLES.with("i", json("2"))))
                .isTrue();
        assertThat(loop.tasks().pointer()).isEqualTo("/do/0/loop/do");
        assertThat(plan.byPointer()).containsKey("/do/0/loop/do/0/feed");
    }

    @Test
    void compilesALoopOverAListWhoseTextsMayBeExpressions() {
        Plan plan = compile("do:\n- loop: {for: {in: [{a: '${ .x }'}, '${ .y }', .z]}, do: []}\n");

        ForTask loop = (ForTask) plan.task("/do/0/loop");
        assertThat(loop.each()).isEqualTo("item");
        assertThat(loop.at()).isEqualTo("index");
        assertThat(loop.condition()).isNull();
        assertThat(Json.write(loop.in().evaluate(json("{\"x\":1,\"y\":2}"), NO_VARIABLES)))
                .isEqualTo("[{\"a\":1},2,\".z\"]");
    }

    @Test
    void compilesAFork() {
        Plan plan = compile("""
                do:
                - f:
                    fork:
                      compete: true
                      branches:
                      - a: {set: {x: 1}, then: end}
                      - b: {set: {x: 1}}
                - g: {fork: {branches: []}}
                """);

        ForkTask fork = (ForkTask) plan.task("/do/0/f");
        assertThat(fork.compete()).isTrue();
        assertThat(fork.branches().pointer()).isEqualTo("/do/0/f/fork/branches");
        assertThat(fork.branches().tasks())
                .extracting(Task::pointer)
                .containsExactly("/do/0/f/fork/branches/0/a", "/do/0/f/fork/branches/1/b");
        assertThat(fork.branches().tasks().getFirst().common().then()).isEqualTo(Directive.END);
        assertThat(((ForkTask) plan.task("/do/1/g")).compete()).isFalse();
    }

    @Test
    void compilesAnEventToPublish() {
        Plan plan = compile("""
                do:
                - e:
                    emit:
                      event:
                        with: {type: order.placed, source: '${ .shop }', priority: 3, data: {n: '${ .n }', raw: .n}}
                """);

        JsonNode event = ((EmitTask) plan.task("/do/0/e"))
                .attributes()
                .evaluate(json("{\"shop\":\"urn:shop\",\"n\":1.10}"), NO_VARIABLES);
        assertThat(Json.write(event))
                .isEqualTo("{\"type\":\"order.placed\",\"source\":\"urn:shop\",\"priority\":3,"
                        + "\"data\":{\"n\":1.10,\"raw\":\".n\"}}");
    }

    @Test
    void compilesFiltersOfEvents() {
        EventFilter filter = ((EventStrategy.One) listen("""
                        one:
                          with:
                            type: com.fake.x
                            source: 'https://sensor\\.[a-z]+'
                            subject: '${ .id }'
                            priority: 3
                            data: {room: {n: '${ .n }'}}
                          correlate:
                            order: {from: .data.order, expect: '${ .order }'}
                            room: {from: '${ .roomid }'}
                        """).to()).filter();

        assertThat(filter.attributes())
                .containsEntry("type", new Attribute.Literal("com.fake.x", null))
                .containsEntry("priority", new Attribute.Literal("3", null));
        Attribute.Literal source =
                (Attribute.Literal) present(filter.attributes().get("source"));
        assertThat(present(source.pattern()).matches("https://sensor.abc")).isTrue();
        assertThat(present(source.pattern()).matches("https://sensor.abc/")).isFalse();
        Attribute.Evaluated subject =
                (Attribute.Evaluated) present(filter.attributes().get("subject"));
        assertThat(subject.value().evaluate(json("{\"id\":7}"), NO_VARIABLES).asInt())
                .isEqualTo(7);
        EventFilter.Data.Subset data = (EventFilter.Data.Subset) present(filter.data());
        assertThat(Json.write(data.part().evaluate(json("{\"n\":1}"), NO_VARIABLES)))
                .isEqualTo("{\"room\":{\"n\":1}}");
        assertThat(filter.correlations())
                .extracting(EventFilter.Correlation::key)
                .containsExactly("order", "room");
        assertThat(filter.correlations().get(1).expect()).isNull();
        assertThat(filter.correlations().get(1).from().source().strip()).isEqualTo(".roomid");
        assertThat(present(filter.correlations().get(0).expect())
                        .evaluate(json("{\"order\":\"o1\"}"), NO_VARIABLES)
                        .asText())
                .isEqualTo("o1");
    }

    @Test
    void compilesTheConditionOnData() {
        EventStrategy.All all =
                (EventStrategy.All) listen("all: [{with: {data: '${ .temperature > 38 }'}}, {with: {type: b}}]\n")
                        .to();

        assertThat(all.filters()).hasSize(2);
        EventFilter.Data.Condition condition =
                (EventFilter.Data.Condition) present(all.filters().getFirst().data());
        assertThat(condition.condition().test(json("{\"temperature\":39}"), NO_VARIABLES))
                .isTrue();
    }

    @Test
    void compilesUntil() {
        EventStrategy.Any condition = (EventStrategy.Any)
                listen("any: []\nuntil: ( . | length ) > 3\n").to();
        EventStrategy.Any events =
                (EventStrategy.Any) listen("any: [{with: {type: a}}]\nuntil: {one: {with: {type: b}}}\n")
                        .to();
        EventStrategy.Any first = (EventStrategy.Any) listen("any: []\n").to();

        assertThat(condition.filters()).isEmpty();
        assertThat(((Until.Condition) present(condition.until())).condition().test(json("[1,2,3,4]"), NO_VARIABLES))
                .isTrue();
        assertThat(((Until.Events) present(events.until())).strategy()).isInstanceOf(EventStrategy.One.class);
        assertThat(first.until()).isNull();
    }

    @Test
    void compilesWhatIsDoneWithEachEvent() {
        Plan plan = compile("""
                do:
                - l:
                    listen: {to: {any: []}, read: envelope}
                    foreach:
                      item: event
                      at: i
                      do: [{s: {set: '$event.data + $i'}}]
                      output: {as: '{n: ., i: $i}'}
                      export: {as: '$context + {last: $output}'}
                - m: {listen: {to: {any: []}}, foreach: {output: {as: $item}}}
                """);

        ListenTask listen = (ListenTask) plan.task("/do/0/l");
        ForeachSpec foreach = present(listen.foreach());
        assertThat(listen.read()).isEqualTo(EventRead.ENVELOPE);
        assertThat(foreach.item()).isEqualTo("event");
        assertThat(foreach.at()).isEqualTo("i");
        assertThat(foreach.tasks().pointer()).isEqualTo("/do/0/l/foreach/do");
        assertThat(foreach.output().as()).isNotNull();
        assertThat(foreach.export().as()).isNotNull();
        assertThat(plan.byPointer()).containsKey("/do/0/l/foreach/do/0/s");
        ListenTask plain = (ListenTask) plan.task("/do/1/m");
        assertThat(plain.read()).isEqualTo(EventRead.DATA);
        assertThat(present(plain.foreach()).tasks().tasks()).isEmpty();
    }

    @Test
    void compilesTheRunOfAWorkflow() {
        Plan plan = compile("""
                do:
                - a:
                    run:
                      await: false
                      return: none
                      workflow: {namespace: shop, name: order, version: 1.2.3, input: {n: '${ .n }', raw: .n}}
                - b: {run: {workflow: {namespace: shop, name: order, version: latest}}}
                """);

        RunWorkflowTask pinned = (RunWorkflowTask) plan.task("/do/0/a");
        RunWorkflowTask latest = (RunWorkflowTask) plan.task("/do/1/b");
        assertThat(pinned.namespace() + "/" + pinned.workflow() + "/" + pinned.version())
                .isEqualTo("shop/order/1.2.3");
        assertThat(pinned.await()).isFalse();
        assertThat(Json.write(pinned.input().evaluate(json("{\"n\":1}"), NO_VARIABLES)))
                .isEqualTo("{\"n\":1,\"raw\":\".n\"}");
        assertThat(latest.version()).isNull();
        assertThat(latest.await()).isTrue();
        assertThat(Json.write(latest.input().evaluate(json("{\"n\":1}"), NO_VARIABLES)))
                .isEqualTo("{\"n\":1}");
    }

    private ListenTask listen(String strategy) {
        Plan plan = compile("do:\n- l:\n    listen:\n      to:\n" + strategy.indent(8));
        return (ListenTask) plan.task("/do/0/l");
    }

    private Plan compile(String body) {
        Compilation compilation = compiler.compile(HEADER + body);
        assertThat(compilation.problems()).isEmpty();
        return compilation.plan().orElseThrow();
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static JsonNode json(String text) {
        return Json.readTrusted(text);
    }
}
