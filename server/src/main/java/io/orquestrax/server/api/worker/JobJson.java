package io.orquestrax.server.api.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.server.job.JobAssignment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as JSON. */
final class JobJson {
    private JobJson() {}

    static ObjectNode jobs(List<JobAssignment> assignments) {
        ObjectNode json = Json.NODES.objectNode();
        ArrayNode jobs = json.putArray("jobs");
        assignments.forEach(assignment -> jobs.add(job(assignment)));
        return json;
    }

    private static ObjectNode job(JobAssignment assignment) {
        JobOffer offer = assignment.offer();
        ObjectNode json = Json.NODES.objectNode();
        json.put("id", assignment.id().toString());
        json.put("type", offer.type());
        json.put("instanceId", offer.instance().toString());
        json.put("task", offer.task());
        json.put("activation", offer.activation());
        json.put("attempt", offer.attempt());
        json.putObject("definition")
                .put("namespace", offer.definition().namespace())
                .put("name", offer.definition().name())
                .put("version", offer.definition().version());
        putPresent(json, "key", offer.businessKey());
        json.set("input", offer.arguments());
        if (offer.lastProgress() != null) {
            json.set("lastProgress", offer.lastProgress());
        }
        json.put("createdAt", offer.createdAt().toString());
        putPresent(json, "leaseUntil", assignment.leaseUntil());
        putPresent(json, "runningLimit", assignment.runningLimit());
        putPresent(json, "heartbeatLimit", assignment.heartbeatLimit());
        return json;
    }

    private static void putPresent(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
