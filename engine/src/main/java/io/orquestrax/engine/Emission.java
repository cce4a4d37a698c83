package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.effect.Effect;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Publishes events (DSL reference, Emit; CloudEvents 1.0). */
final class Emission {
    private static final String VERSION = "1.0";
    private static final List<String> TEXTS =
            List.of("id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "specversion");

    private final Run run;
    private final Flow flow;

    Emission(Run run, Flow flow) {
        this.run = run;
        this.flow = flow;
    }

    /** Completes the task with the event, which is published only where that succeeds. */
    void emit(EmitTask task, Beginning at) {
        JsonNode attributes = Evaluation.value("emit.event.with", task.attributes(), at.input(), at.variables());
        ObjectNode envelope = envelope(attributes, at);
        flow.finishAtOnce(at, envelope, task.common().then(), envelope);
        run.effect(new Effect.PublishEvent(envelope));
    }

    private ObjectNode envelope(JsonNode attributes, Beginning at) {
        DefinitionId definition = run.state().definition();
        ObjectNode envelope = Json.NODES.objectNode();
        envelope.put("specversion", VERSION);
        envelope.put(
                "id", DerivedId.of("event", run.state().id(), at.activation()).toString());
        envelope.put("source", "/" + definition);
        envelope.put("time", at.now().toString());
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            if (attribute.getKey().equals("data") || !attribute.getValue().isNull()) {
                check(attribute.getKey(), attribute.getValue());
                envelope.set(attribute.getKey(), attribute.getValue());
            }
        }
        if (!envelope.has("type")) {
            throw invalid("type", "a text that is not blank", "none");
        }
        if (envelope.has("data") && !envelope.has("datacontenttype")) {
            envelope.put("datacontenttype", "application/json");
        }
        return envelope;
    }

    private static void check(String name, JsonNode value) {
        if (name.equals("data")) {
            return;
        }
        boolean isText = value.isTextual() && !value.textValue().isBlank();
        if (TEXTS.contains(name) && !isText) {
            throw invalid(name, "a text that is not blank", value.toString());
        }
        if (!isText && !value.isBoolean() && !value.isIntegralNumber()) {
            throw invalid(name, "a text, a whole number, true or false", value.toString());
        }
        if (name.equals("specversion") && !value.textValue().equals(VERSION)) {
            throw invalid(name, "\"" + VERSION + "\"", value.toString());
        }
        if (name.equals("time") && !isTime(value.textValue())) {
            throw invalid(name, "a time such as \"2026-01-31T12:00:00Z\" (RFC 3339)", value.toString());
        }
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static TaskFailure invalid(String name, String expected, String found) {
        return new TaskFailure(WorkflowError.of(
                StandardError.VALIDATION,
                "The event is not valid",
                "Expected \"" + name + "\" of the event to be " + expected + ", but found " + found));
    }
}
