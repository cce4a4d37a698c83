package io.orquestrax.server.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.cluster.Roster.Load;
import java.util.Locale;

/** States and loads, as the table of nodes has them. */
final class MemberCodec {
    private MemberCodec() {}

    static String text(Roster.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Roster.State state(String text) {
        return Roster.State.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String text(Load load) {
        return Json.write(Json.NODES
                .objectNode()
                .put("residentInstances", load.residentInstances())
                .put("queuedCommands", load.queuedCommands())
                .put("workers", load.workers())
                .put("queuedJobs", load.queuedJobs())
                .put("runningJobs", load.runningJobs()));
    }

    /** What a node of another version does not say counts as nothing. */
    static Load load(String text) {
        JsonNode json = Json.readTrusted(text);
        return new Load(
                json.path("residentInstances").asInt(),
                json.path("queuedCommands").asInt(),
                json.path("workers").asInt(),
                json.path("queuedJobs").asInt(),
                json.path("runningJobs").asInt());
    }
}
