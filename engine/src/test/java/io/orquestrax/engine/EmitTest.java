package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.event.Event;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The emit task: events that the instance publishes. */
class EmitTest {
    private static final String ORDERED = """
            do:
              - tell:
                  emit:
                    event:
                      with:
                        type: com.example.ordered
                        data: { order: '${ .id }' }
            """;

    @Test
    void publishesAnEventThatIsItsOutput() {
        TestingInstance instance = TestingInstance.of(ORDERED).start("{\"id\":7}");

        JsonNode output = instance.output();
        ObjectNode withoutId = output.deepCopy();
        withoutId.remove("id");
        assertThat(withoutId).isEqualTo(json("""
                        {"specversion":"1.0","source":"/tests/sample/1.0.0","time":"2026-01-01T00:00:00Z",
                         "type":"com.example.ordered","data":{"order":7},"datacontenttype":"application/json"}
                        """));
        assertThat(UUID.fromString(output.path("id").asText()).version()).isEqualTo(8);
        assertThat(published(instance)).containsExactly(output);
    }

    @Test
    void keepsTheAttributesThatTheAuthorGave() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - tell:
                              emit:
                                event:
                                  with:
                                    id: ${ .id }
                                    source: https://example.com
                                    type: com.example.ordered
                                    time: '2020-02-02T02:02:02+02:00'
                                    subject: ${ null }
                                    datacontenttype: text/plain
                                    data: hello
                                    room: 7
                        """).start("{\"id\":\"seven\"}");

        assertThat(instance.output()).isEqualTo(json("""
                        {"specversion":"1.0","id":"seven","source":"https://example.com",
                         "type":"com.example.ordered","time":"2020-02-02T02:02:02+02:00",
                         "datacontenttype":"text/plain","data":"hello","room":7}
                        """));
    }

    @Test
    void theHistoryKeepsTheEventWhereTheOutputDropsIt() {
        TestingInstance instance =
                TestingInstance.of(ORDERED + "      output: { as: .data }\n").start("{\"id\":7}");

        assertThat(instance.output()).isEqualTo(json("{\"order\":7}"));
        Event.TaskCompleted completed =
                (Event.TaskCompleted) instance.history().get(1).event();
        assertThat(published(instance)).containsExactly(completed.emitted());
    }

    @Test
    void givesEachEventAnIdOfItsOwn() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - loop:
                              for: { in: '[1, 2, 3]' }
                              do:
                                - tell:
                                    emit: { event: { with: { type: t } } }
                        """).start("{}");

        assertThat(published(instance))
                .hasSize(3)
                .extracting(event -> event.path("id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesAnEventThatIsNotValid() {
        assertInvalid("type: '${ .n }'", "type");
        assertInvalid("{ type: t, source: '${ \"\" }' }", "source");
        assertInvalid("{ type: t, time: '${ \"yesterday\" }' }", "time");
        assertInvalid("{ type: t, specversion: '${ \"0.3\" }' }", "specversion");
        assertInvalid("{ type: t, room: '${ {} }' }", "room");
    }

    private static void assertInvalid(String with, String name) {
        String attributes = with.startsWith("{") ? with : "{ " + with + " }";
        TestingInstance instance = TestingInstance.of(
                        "do:\n  - tell:\n      emit: { event: { with: " + attributes + " } }\n")
                .start("{\"n\":null}");

        assertThat(instance.error().type()).isEqualTo(StandardError.VALIDATION.type());
        assertThat(instance.error().detail()).contains("\"" + name + "\"");
        assertThat(instance.error().instance()).isEqualTo("/do/0/tell");
        assertThat(published(instance)).isEmpty();
    }

    private static List<JsonNode> published(TestingInstance instance) {
        return instance.effects().stream()
                .filter(Effect.PublishEvent.class::isInstance)
                .map(effect -> ((Effect.PublishEvent) effect).envelope())
                .toList();
    }
}
