package io.orquestrax.engine.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.listen.EventTrigger.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Strategies outside of an instance. */
class EventTriggerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void startsWithTheFirstEventThatPasses() {
        EventTrigger trigger = trigger("one: { with: { type: a, data: '${ .n > 1 }' } }");

        assertThat(trigger.keys()).containsExactly(new SubscriptionKey("a", null));
        assertThat(trigger.offer(null, event(1, "b", "1"), NOW)).isEqualTo(Step.notConsumed(null));
        assertThat(trigger.offer(null, event(2, "a", "\"text\""), NOW)).isEqualTo(Step.notConsumed(null));

        Step step = trigger.offer(null, event(3, "a", "{\"n\":2}"), NOW);
        assertThat(step.isConsumed()).isTrue();
        assertThat(step.state()).isNull();
        assertThat(step.input()).isEqualTo(json("[{\"n\":2}]"));
    }

    @Test
    void remembersWhichFiltersAreMetAndWhatCorrelates() {
        EventTrigger trigger = trigger("""
                all:
                  - with: { type: a }
                    correlate: { order: { from: .data.order } }
                  - with: { type: b }
                    correlate: { order: { from: .data.order } }
                """);

        JsonNode state = remembered(trigger, null, event(1, "a", "{\"order\":1}"));
        assertThat(trigger.offer(state, event(1, "a", "{\"order\":1}"), NOW)).isEqualTo(Step.notConsumed(state));
        assertThat(trigger.offer(state, event(2, "a", "{\"order\":1}"), NOW)).isEqualTo(Step.notConsumed(state));
        assertThat(trigger.offer(state, event(3, "b", "{\"order\":2}"), NOW)).isEqualTo(Step.notConsumed(state));

        Step step = trigger.offer(state, event(4, "b", "{\"order\":1,\"n\":1}"), NOW);
        assertThat(step.input()).isEqualTo(json("[{\"order\":1},{\"order\":1,\"n\":1}]"));
        assertThat(step.state()).isNull();
    }

    @Test
    void collectsUntilTheConditionHoldsOrAnEventEndsIt() {
        EventTrigger counting = trigger("{ any: [], until: length == 2 }");
        JsonNode state = remembered(counting, null, event(1, "a", "1"));
        assertThat(counting.offer(state, event(2, "b", "2"), NOW).input()).isEqualTo(json("[1,2]"));

        EventTrigger ended = trigger("{ any: [], until: { one: { with: { type: stop } } } }");
        state = remembered(ended, null, event(1, "a", "1"));
        assertThat(ended.offer(state, event(2, "stop", "2"), NOW).input()).isEqualTo(json("[1]"));
    }

    /** The state after an event that does not start an instance yet, as it comes back from the store. */
    private static JsonNode remembered(EventTrigger trigger, @Nullable JsonNode state, ReceivedEvent event) {
        Step step = trigger.offer(state, event, NOW);
        assertThat(step.isConsumed()).isTrue();
        assertThat(step.input()).isNull();
        JsonNode next = step.state();
        assertThat(next).isNotNull();
        return json(String.valueOf(next));
    }

    private static EventTrigger trigger(String strategy) {
        Plan plan =
                new DocumentCompiler().compile("""
                        document: { dsl: '1.0.3', namespace: tests, name: sample, version: '1.0.0' }
                        do:
                          - hear:
                              listen:
                                to:
                        """ + strategy.indent(10)).plan().orElseThrow();
        return new EventTrigger(((ListenTask) plan.task("/do/0/hear")).to(), EventRead.DATA);
    }

    private static ReceivedEvent event(long position, String type, String data) {
        ObjectNode envelope = Json.NODES.objectNode();
        envelope.put("type", type).set("data", json(data));
        return new ReceivedEvent(position, NOW.plusSeconds(60), envelope);
    }

    private static JsonNode json(String text) {
        return Json.readTrusted(text);
    }
}
