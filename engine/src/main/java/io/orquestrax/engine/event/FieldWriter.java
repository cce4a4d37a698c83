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

/** Builds one object; absent values leave no trace in it. */
public class FieldWriter {
    final ObjectNode json = Json.NODES.objectNode();

    public final ObjectNode json() {
        return json;
    }

    public final FieldWriter with(String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    public final FieldWriter with(String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
        return this;
    }

    public final FieldWriter with(String name, long value) {
        json.put(name, value);
        return this;
    }

    /** Leaves no trace where it is false. */
    public final FieldWriter with(String name, boolean value) {
        if (value) {
            json.put(name, true);
        }
        return this;
    }

    public final FieldWriter with(String name, @Nullable Instant value) {
        return with(name, value == null ? null : value.toString());
    }

    public final FieldWriter with(String name, @Nullable Duration value) {
        return with(name, value == null ? null : value.toString());
    }

    public final FieldWriter with(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode object = json.putObject(name);
            values.forEach(object::put);
        }
        return this;
    }

    public final FieldWriter with(String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(name);
            values.forEach(array::add);
        }
        return this;
    }

    public final FieldWriter withValues(String name, Map<String, JsonNode> values) {
        if (!values.isEmpty()) {
            ObjectNode object = json.putObject(name);
            values.forEach(object::set);
        }
        return this;
    }

    public final FieldWriter with(JobLimits limits) {
        with("waitingLimit", limits.waiting());
        with("runningLimit", limits.running());
        with("heartbeatLimit", limits.heartbeat());
        with("totalLimit", limits.total());
        if (limits.priority() != JobLimits.DEFAULT_PRIORITY) {
            json.put("priority", limits.priority());
        }
        return this;
    }

    public final FieldWriter with(Directive then) {
        return switch (then) {
            case Directive.Continue next -> this;
            case Directive.Exit exit -> with("then", "exit");
            case Directive.End end -> with("then", "end");
            case Directive.Goto target -> with("goto", target.name());
        };
    }

    public final FieldWriter with(Event.@Nullable Execution execution) {
        if (execution != null) {
            json.put("executed", execution.attempt());
            with("worker", execution.worker());
            with("startedAt", execution.startedAt());
        }
        return this;
    }

    public final FieldWriter with(@Nullable Origin origin) {
        return switch (origin) {
            case null -> this;
            case Origin.Parent parent ->
                with("parentInstance", parent.instance().toString())
                        .with("parentActivation", parent.activation())
                        .with("awaited", parent.awaited())
                        .with("depth", parent.depth() == 1 ? null : Json.NODES.numberNode(parent.depth()));
            case Origin.Schedule schedule -> with("trigger", schedule.trigger());
        };
    }
}
