package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What an agent streams (Agent2Agent Protocol 0.3, sections 6 and 7.2): messages, tasks, and what changes about them. */
final class AgentEvents {
    /** In which a task is over, or waits for whoever called. */
    private static final Set<String> RESTING =
            Set.of("completed", "canceled", "failed", "rejected", "input-required", "auth-required");

    private AgentEvents() {}

    /** Whether nothing can follow. */
    static boolean isLast(JsonNode event) {
        return event.path("final").asBoolean() || event.path("kind").asText().equals("message");
    }

    /** Whether an agent may end its stream after it. */
    static boolean isEnd(JsonNode event) {
        return isLast(event)
                || RESTING.contains(event.path("status").path("state").asText());
    }

    /** For messages: the task that the events are of; empty where they name none. */
    static String ofTask(JsonNode events) {
        for (JsonNode event : events) {
            String id = event.path("kind").asText().equals("task")
                    ? event.path("id").asText()
                    : event.path("taskId").asText();
            if (!id.isEmpty()) {
                return " of the task " + id;
            }
        }
        return "";
    }
}
