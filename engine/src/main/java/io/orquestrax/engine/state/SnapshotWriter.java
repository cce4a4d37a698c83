package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.FieldWriter;
import io.orquestrax.engine.state.Correspondence.Consumption;
import io.orquestrax.engine.state.InstanceState.Birth;
import io.orquestrax.engine.state.InstanceState.Closing;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes one state. What {@link SnapshotReader} can tell from the frames themselves is not written. */
final class SnapshotWriter {
    private final ArrayNode elements = Json.NODES.arrayNode();

    /** By identity: a thousand branches hold the same input, and comparing documents would cost more than it saves. */
    private final Map<JsonNode, Integer> indexes = new IdentityHashMap<>();

    JsonNode write(InstanceState state) {
        ObjectNode head = elements.addObject();
        FieldWriter fields = new FieldWriter()
                .with("sequence", state.sequence())
                .with("updatedAt", state.updatedAt())
                .with("birth", birthOrNull(state.birthOrNull()))
                .with("closing", closing(state.closing()))
                .with("context", index(state.context()))
                .with("nextActivation", state.nextActivation());
        ArrayNode frames = fields.json().putArray("frames");
        state.frames().forEach(frame -> frames.add(frame(frame)));
        write(state.correspondence(), fields);
        head.setAll(fields.json());
        return elements;
    }

    private int index(JsonNode value) {
        return indexes.computeIfAbsent(value, added -> {
            elements.add(added);
            return elements.size() - 1;
        });
    }

    private @Nullable JsonNode indexOrNull(@Nullable JsonNode value) {
        return value == null ? null : Json.NODES.numberNode(index(value));
    }

    private ArrayNode indexes(Collection<JsonNode> values) {
        ArrayNode array = Json.NODES.arrayNode();
        values.forEach(value -> array.add(index(value)));
        return array;
    }

    private @Nullable ObjectNode birthOrNull(@Nullable Birth birth) {
        return birth == null
                ? null
                : new FieldWriter()
                        .with("namespace", birth.definition().namespace())
                        .with("name", birth.definition().name())
                        .with("version", birth.definition().version())
                        .with("contentHash", birth.contentHash())
                        .with("key", birth.key())
                        .with("input", index(birth.input()))
                        .with("tags", birth.tags())
                        .with("startedAt", birth.startedAt())
                        .with(birth.origin())
                        .json();
    }

    private ObjectNode closing(Closing closing) {
        return new FieldWriter()
                .with("phase", closing.phase().name())
                .with("closedAt", closing.closedAt())
                .with("output", indexOrNull(closing.output()))
                .with("error", closing.error() == null ? null : closing.error().toJson())
                .json();
    }

    private void write(Correspondence correspondence, FieldWriter fields) {
        Map<String, JsonNode> correlations = new TreeMap<>();
        correspondence
                .correlations()
                .forEach((key, value) -> correlations.put(key, Json.NODES.numberNode(index(value))));
        fields.withValues("correlations", correlations);
        if (correspondence.consumed().isEmpty() && correspondence.byTime().isEmpty()) {
            return;
        }
        TreeSet<Consumption> consumed = new TreeSet<>();
        correspondence.consumed().forEach((position, until) -> consumed.add(new Consumption(until, position)));
        fields.with("consumed", consumptions(consumed));
        // The same nearly always; not where an event was consumed twice.
        if (!consumed.equals(correspondence.byTime())) {
            fields.with("byTime", consumptions(correspondence.byTime()));
        }
    }

    private static ArrayNode consumptions(Collection<Consumption> consumptions) {
        ArrayNode array = Json.NODES.arrayNode();
        for (Consumption each : consumptions) {
            array.addArray().add(each.position()).add(each.keptUntil().toString());
        }
        return array;
    }

    private ObjectNode frame(Frame frame) {
        FieldWriter fields = new FieldWriter()
                .with("activation", frame.activation())
                .with("parent", frame.parent())
                .with("task", frame.task())
                .with("kind", frame.kind())
                .with("raw", index(frame.raw()))
                .with("input", index(frame.input()))
                .with("startedAt", frame.startedAt())
                .with("progress", progress(frame.progress()));
        if (!frame.timers().isEmpty()) {
            ArrayNode timers = fields.json().putArray("timers");
            for (Timer timer : frame.timers()) {
                timers.addArray().add(timer.due().toString()).add(timer.kind().name());
            }
        }
        return fields.json();
    }

    private ObjectNode progress(Progress progress) {
        return switch (progress) {
            case Progress.InList in -> holder("list", in.position(), in.value()).json();
            case Progress.InTry in ->
                holder("try", in.position(), in.value())
                        .with("phase", in.phase().name())
                        .with("attempt", in.attempt())
                        .with("firstFailedAt", in.firstFailedAt())
                        .with("error", in.error() == null ? null : in.error().toJson())
                        .json();
            case Progress.InLoop in ->
                holder("loop", in.position(), in.value())
                        .with("items", index(in.items()))
                        .with("index", in.index())
                        .json();
            case Progress.InExtension in ->
                holder("extension", in.position(), in.value())
                        .with("phase", in.phase().name())
                        .with("applies", in.applies())
                        .with("skipped", in.isSkipped())
                        .with(in.then())
                        .with("output", index(in.output()))
                        .json();
            case InSubscription in -> subscription(in);
            case InFork in -> fork(in);
            case InListen in -> listen(in);
            case Progress.InJob in -> job(in);
            case Progress.InWait in -> kind("wait").with("due", in.due()).json();
            case Progress.InChild in ->
                kind("child")
                        .with("child", in.child().toString())
                        .with("namespace", in.namespace())
                        .with("name", in.name())
                        .with("version", in.version())
                        .with("input", index(in.input()))
                        .with("awaited", in.isAwaited())
                        .with("number", in.number())
                        .json();
        };
    }

    private ObjectNode job(Progress.InJob in) {
        Instant due = in.due();
        return kind("job")
                .with("type", in.type())
                .with("arguments", index(in.arguments()))
                .with(in.limits())
                .with("createdAt", in.createdAt())
                .with("attempt", in.attempt())
                .with("failures", in.failures())
                .with("losses", in.losses())
                .with("inBackoff", in.inBackoff())
                .with("due", due)
                .with("lastProgress", indexOrNull(in.lastProgress()))
                .json();
    }

    private ObjectNode fork(InFork in) {
        FieldWriter fields = kind("fork")
                .with("compete", in.compete())
                .with("size", in.size())
                .with("next", in.next())
                .with("failed", in.failed())
                .with("value", index(in.value()));
        ArrayNode again = fields.json().putArray("again");
        in.again().forEach(again::add);
        ArrayNode running = fields.json().putArray("running");
        in.running()
                .forEach((branch, activation) -> running.addArray().add(branch).add(activation));
        ArrayNode outputs = fields.json().putArray("outputs");
        in.outputs().forEach((branch, output) -> outputs.addArray().add(branch).add(index(output)));
        InFork.Verdict verdict = in.verdict();
        if (verdict != null) {
            fields.with(
                    "verdict",
                    new FieldWriter()
                            .with("output", index(verdict.output()))
                            .with("endsWorkflow", verdict.endsWorkflow())
                            .json());
        }
        return fields.json();
    }

    private ObjectNode subscription(InSubscription in) {
        return holder("subscription", in.position(), in.value())
                .with("arguments", index(in.arguments()))
                .with("since", in.since())
                .with("looksBack", in.looksBack())
                .with("count", in.count())
                .with("values", indexes(in.values()))
                .with("outputs", indexes(in.outputs()))
                .with("queue", indexes(in.queue()))
                .with("over", in.isOver())
                .with("phase", in.phase().name())
                .with("message", indexOrNull(in.message()))
                .json();
    }

    private ObjectNode listen(InListen in) {
        FieldWriter fields = kind("listen")
                .with("expectations", index(in.expectations()))
                .with("foreach", in.isForeach())
                .with("looksBack", in.looksBack())
                .with("satisfied", in.isSatisfied())
                .with("values", indexes(in.values()))
                .with("outputs", indexes(in.outputs()))
                .with("queue", indexes(in.queue()));
        ArrayNode filters = fields.json().putArray("filters");
        in.filters().forEach(filters::add);
        InListen.Item item = in.item();
        if (item != null) {
            FieldWriter current = new FieldWriter().with("event", index(item.event()));
            fields.with(
                    "item", withPosition(current, item.position(), item.value()).json());
        }
        return fields.json();
    }

    private FieldWriter holder(String kind, Position position, JsonNode value) {
        return withPosition(kind(kind), position, value);
    }

    private FieldWriter withPosition(FieldWriter fields, Position position, JsonNode value) {
        return fields.with("position", position(position)).with("value", index(value));
    }

    private static ObjectNode position(Position position) {
        return switch (position) {
            case Position.AtStart() -> new FieldWriter().json();
            case Position.Before(String task) ->
                new FieldWriter().with("before", task).json();
            case Position.Inside(long activation) ->
                new FieldWriter().with("inside", activation).json();
            case Position.After after ->
                new FieldWriter().with("after", after.task()).with(after.then()).json();
        };
    }

    private static FieldWriter kind(String kind) {
        return new FieldWriter().with("kind", kind);
    }
}
