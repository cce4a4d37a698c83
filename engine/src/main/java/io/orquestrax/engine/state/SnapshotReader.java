package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.event.ExtensionPhase;
import io.orquestrax.engine.event.FieldReader;
import io.orquestrax.engine.state.Correspondence.Consumption;
import io.orquestrax.engine.state.InstanceState.Activity;
import io.orquestrax.engine.state.InstanceState.Birth;
import io.orquestrax.engine.state.InstanceState.Closing;
import io.orquestrax.engine.state.InstanceState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/** Reads what {@link SnapshotWriter} wrote. */
final class SnapshotReader {
    private final UUID id;
    private final JsonNode elements;

    SnapshotReader(UUID id, JsonNode elements) {
        this.id = id;
        this.elements = elements;
    }

    InstanceState read() {
        JsonNode head = elements.path(0);
        FieldReader fields = reader(head);
        JsonNode birth = fields.valueOrNull("birth");
        OpenFrames frames = new OpenFrames(id, Activity.NONE, TreePSet.empty());
        for (JsonNode each : fields.value("frames")) {
            frames.open(frame(each));
        }
        Activity opened = frames.toActivity();
        return new InstanceState(
                id,
                fields.longNumber("sequence"),
                fields.time("updatedAt"),
                birth == null ? null : birth(birth),
                closing(fields.value("closing")),
                value(fields, "context"),
                new Activity(
                        opened.frames(),
                        opened.ready(),
                        opened.timers(),
                        opened.working(),
                        fields.longNumber("nextActivation")),
                correspondence(fields, frames.listeners()));
    }

    private FieldReader reader(JsonNode json) {
        return new FieldReader(json, "instance " + id);
    }

    private JsonNode valueAt(JsonNode index) {
        JsonNode value = index.isInt() && index.intValue() > 0 ? elements.get(index.intValue()) : null;
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected the index of a value in the snapshot of instance " + id + ", but got " + index);
        }
        return value;
    }

    private JsonNode value(FieldReader fields, String name) {
        return valueAt(fields.value(name));
    }

    private @Nullable JsonNode valueOrNull(FieldReader fields, String name) {
        JsonNode index = fields.valueOrNull(name);
        return index == null ? null : valueAt(index);
    }

    private PVector<JsonNode> values(FieldReader fields, String name) {
        return TreePVector.from(StreamSupport.stream(fields.value(name).spliterator(), false)
                .map(this::valueAt)
                .toList());
    }

    private Birth birth(JsonNode json) {
        FieldReader fields = reader(json);
        return new Birth(
                new DefinitionId(fields.text("namespace"), fields.text("name"), fields.text("version")),
                fields.text("contentHash"),
                fields.textOrNull("key"),
                value(fields, "input"),
                fields.tags(),
                fields.time("startedAt"),
                fields.originOrNull());
    }

    private Closing closing(JsonNode json) {
        FieldReader fields = reader(json);
        return new Closing(
                Phase.valueOf(fields.text("phase")),
                fields.timeOrNull("closedAt"),
                valueOrNull(fields, "output"),
                errorOrNull(fields));
    }

    private static @Nullable WorkflowError errorOrNull(FieldReader fields) {
        return fields.valueOrNull("error") == null ? null : fields.error();
    }

    private Correspondence correspondence(FieldReader fields, PSortedSet<Long> listeners) {
        PMap<String, JsonNode> correlations = HashTreePMap.empty();
        for (var correlation : fields.values("correlations").entrySet()) {
            correlations = correlations.plus(correlation.getKey(), valueAt(correlation.getValue()));
        }
        List<Consumption> consumptions = consumptions(fields.valueOrNull("consumed"));
        PMap<Long, Instant> consumed = HashTreePMap.empty();
        for (Consumption each : consumptions) {
            consumed = consumed.plus(each.position(), each.keptUntil());
        }
        JsonNode byTime = fields.valueOrNull("byTime");
        return new Correspondence(
                listeners, correlations, consumed, TreePSet.from(byTime == null ? consumptions : consumptions(byTime)));
    }

    private static List<Consumption> consumptions(@Nullable JsonNode array) {
        List<Consumption> consumptions = new ArrayList<>();
        if (array != null) {
            array.forEach(each -> consumptions.add(new Consumption(
                    Instant.parse(each.path(1).asText()), each.path(0).asLong())));
        }
        return consumptions;
    }

    private Frame frame(JsonNode json) {
        FieldReader fields = reader(json);
        long activation = fields.longNumber("activation");
        List<Timer> timers = new ArrayList<>();
        for (JsonNode each : json.path("timers")) {
            timers.add(new Timer(
                    Instant.parse(each.path(0).asText()),
                    activation,
                    Timer.Kind.valueOf(each.path(1).asText())));
        }
        return new Frame(
                activation,
                fields.longNumber("parent"),
                fields.text("task"),
                fields.text("kind"),
                value(fields, "raw"),
                value(fields, "input"),
                fields.time("startedAt"),
                progress(reader(fields.value("progress"))),
                timers);
    }

    private Progress progress(FieldReader in) {
        String kind = in.text("kind");
        return switch (kind) {
            case "list" -> new Progress.InList(position(in), value(in, "value"));
            case "try" ->
                new Progress.InTry(
                        Progress.InTry.Phase.valueOf(in.text("phase")),
                        in.number("attempt"),
                        in.timeOrNull("firstFailedAt"),
                        errorOrNull(in),
                        position(in),
                        value(in, "value"));
            case "loop" ->
                new Progress.InLoop(value(in, "items"), in.number("index"), position(in), value(in, "value"));
            case "extension" ->
                new Progress.InExtension(
                        ExtensionPhase.valueOf(in.text("phase")),
                        in.flag("applies"),
                        position(in),
                        value(in, "value"),
                        in.flag("skipped"),
                        in.then(),
                        value(in, "output"));
            case SubscriptionTask.KIND -> subscription(in);
            case "fork" -> fork(in);
            case "listen" -> listen(in);
            case "job" -> job(in);
            case "wait" -> new Progress.InWait(in.time("due"));
            case "child" ->
                new Progress.InChild(
                        in.uuid("child"),
                        in.text("namespace"),
                        in.text("name"),
                        in.textOrNull("version"),
                        value(in, "input"),
                        in.flag("awaited"),
                        in.number("number"));
            default ->
                throw new IllegalArgumentException("Expected a kind of progress of this release in the snapshot of"
                        + " instance " + id + ", but got " + kind);
        };
    }

    private Progress job(FieldReader in) {
        return new Progress.InJob(
                in.text("type"),
                value(in, "arguments"),
                in.limits(),
                in.time("createdAt"),
                in.number("attempt"),
                in.number("failures"),
                in.number("losses"),
                in.flag("inBackoff"),
                in.timeOrNull("due"),
                valueOrNull(in, "lastProgress"));
    }

    private Progress fork(FieldReader in) {
        PSortedSet<Integer> again = TreePSet.empty();
        for (JsonNode branch : in.value("again")) {
            again = again.plus(branch.intValue());
        }
        PSortedMap<Integer, Long> running = TreePMap.empty();
        for (JsonNode each : in.value("running")) {
            running = running.plus(each.path(0).intValue(), each.path(1).longValue());
        }
        PMap<Integer, JsonNode> outputs = TreePMap.empty();
        for (JsonNode each : in.value("outputs")) {
            outputs = outputs.plus(each.path(0).intValue(), valueAt(each.path(1)));
        }
        JsonNode verdict = in.valueOrNull("verdict");
        return new InFork(
                in.flag("compete"),
                in.number("size"),
                in.number("next"),
                again,
                running,
                outputs,
                in.number("failed"),
                verdict == null ? null : verdict(reader(verdict)),
                value(in, "value"));
    }

    private InFork.Verdict verdict(FieldReader in) {
        return new InFork.Verdict(value(in, "output"), in.flag("endsWorkflow"));
    }

    private Progress subscription(FieldReader in) {
        return new InSubscription(
                value(in, "arguments"),
                in.time("since"),
                in.flag("looksBack"),
                in.number("count"),
                values(in, "values"),
                values(in, "outputs"),
                values(in, "queue"),
                in.flag("over"),
                InSubscription.Phase.valueOf(in.text("phase")),
                valueOrNull(in, "message"),
                position(in),
                value(in, "value"));
    }

    private Progress listen(FieldReader in) {
        PSortedSet<Integer> filters = TreePSet.empty();
        for (JsonNode filter : in.value("filters")) {
            filters = filters.plus(filter.intValue());
        }
        JsonNode item = in.valueOrNull("item");
        return new InListen(
                value(in, "expectations"),
                in.flag("foreach"),
                in.flag("looksBack"),
                filters,
                values(in, "values"),
                values(in, "outputs"),
                values(in, "queue"),
                item == null ? null : item(reader(item)),
                in.flag("satisfied"));
    }

    private InListen.Item item(FieldReader in) {
        return new InListen.Item(value(in, "event"), position(in), value(in, "value"));
    }

    private Position position(FieldReader holder) {
        JsonNode json = holder.value("position");
        FieldReader in = reader(json);
        if (json.has("before")) {
            return new Position.Before(in.text("before"));
        }
        if (json.has("inside")) {
            return new Position.Inside(in.longNumber("inside"));
        }
        return json.has("after") ? new Position.After(in.text("after"), in.then()) : new Position.AtStart();
    }
}
