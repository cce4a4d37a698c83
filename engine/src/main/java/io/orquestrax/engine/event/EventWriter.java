package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.JobLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the data of one event; absent values leave no trace. */
final class EventWriter {
    final ObjectNode json = Json.NODES.objectNode();

    EventWriter with(String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    EventWriter with(String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
        return this;
    }

    EventWriter with(String name, int value) {
        json.put(name, value);
        return this;
    }

    /** Leaves no trace where it is false. */
    EventWriter with(String name, boolean value) {
        if (value) {
            json.put(name, true);
        }
        return this;
    }

    EventWriter with(String name, @Nullable Instant value) {
        return with(name, value == null ? null : value.toString());
    }

    EventWriter with(String name, @Nullable Duration value) {
        return with(name, value == null ? null : value.toString());
    }

    EventWriter with(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode object = json.putObject(name);
            values.forEach(object::put);
        }
        return this;
    }

    EventWriter with(String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(name);
            values.forEach(array::add);
        }
        return this;
    }

    EventWriter withValues(String name, Map<String, JsonNode> values) {
        if (!values.isEmpty()) {
            ObjectNode object = json.putObject(name);
            values.forEach(object::set);
        }
        return this;
    }

    EventWriter with(JobLimits limits) {
        with("waitingLimit", limits.waiting());
        with("runningLimit", limits.running());
        with("heartbeatLimit", limits.heartbeat());
        with("totalLimit", limits.total());
        if (limits.priority() != JobLimits.DEFAULT_PRIORITY) {
            json.put("priority", limits.priority());
        }
        return this;
    }

    EventWriter with(Directive then) {
        return switch (then) {
            case Directive.Continue next -> this;
            case Directive.Exit exit -> with("then", "exit");
            case Directive.End end -> with("then", "end");
            case Directive.Goto target -> with("goto", target.name());
        };
    }

    EventWriter with(Event.@Nullable Execution execution) {
        if (execution != null) {
            json.put("executed", execution.attempt());
            with("worker", execution.worker());
            with("startedAt", execution.startedAt());
        }
        return this;
    }

    EventWriter with(@Nullable Origin origin) {
        return switch (origin) {
            case null -> this;
            case Origin.Parent parent ->
                with("parentInstance", parent.instance().toString())
                        .with("parentActivation", Json.NODES.numberNode(parent.activation()))
                        .with("awaited", parent.awaited())
                        .with("depth", parent.depth() == 1 ? null : Json.NODES.numberNode(parent.depth()));
            case Origin.Schedule schedule -> with("trigger", schedule.trigger());
        };
    }

    EventWriter opening(Event.Opening event, @Nullable String kind) {
        if (event.parent() != 0) {
            json.put("parent", event.parent());
        }
        return with("kind", kind);
    }

    EventWriter act(String by, @Nullable String reason) {
        return with("by", by).with("reason", reason);
    }
}
