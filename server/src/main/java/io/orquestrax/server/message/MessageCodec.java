package io.orquestrax.server.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.store.message.MessageRow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages as the table holds them. The members of {@code data} by kind:
 *
 * <ul>
 *   <li>{@code start}: {@code namespace}, {@code name}, {@code version} (absent for the highest), {@code input},
 *       {@code by}, and either {@code parent} ({@code instance}, {@code activation}, {@code awaited}) or
 *       {@code trigger};
 *   <li>{@code cancel}: {@code by}, {@code reason};
 *   <li>{@code child-closed}: {@code activation}, {@code child}, {@code status}, {@code output}, {@code error};
 *   <li>{@code event}: none, for the position has a column of its own.
 * </ul>
 */
public final class MessageCodec {
    private MessageCodec() {}

    /**
     * @param id UUIDv7, greater than those of the messages that must be handled before
     * @param partition of the instance
     */
    public static MessageRow row(UUID id, int partition, UUID instance, MessageContent content) {
        ObjectNode data = Json.NODES.objectNode();
        Long position = null;
        switch (content) {
            case MessageContent.Start start -> put(data, start);
            case MessageContent.Cancel cancel -> {
                data.put("by", cancel.by());
                putPresent(data, "reason", cancel.reason());
            }
            case MessageContent.ChildClosed closed -> put(data, closed);
            case MessageContent.EventArrived arrived -> position = arrived.position();
        }
        return new MessageRow(id, partition, instance, content.kind(), position, Json.write(data));
    }

    /**
     * @throws IllegalArgumentException if it is not as {@link #row} writes it
     */
    public static MessageContent content(MessageRow message) {
        JsonNode data = Json.readTrusted(message.data());
        return switch (message.kind()) {
            case START -> start(data);
            case CANCEL -> new MessageContent.Cancel(text(data, "by"), textOrNull(data, "reason"));
            case CHILD_CLOSED -> childClosed(data);
            case EVENT -> {
                Long position = message.position();
                if (position == null) {
                    throw new IllegalArgumentException("Expected a position in message " + message.id());
                }
                yield new MessageContent.EventArrived(position);
            }
        };
    }

    private static void put(ObjectNode data, MessageContent.Start start) {
        data.put("namespace", start.namespace());
        data.put("name", start.name());
        putPresent(data, "version", start.version());
        data.set("input", start.input());
        data.put("by", start.by());
        switch (start.origin()) {
            case Origin.Parent parent ->
                data.putObject("parent")
                        .put("instance", parent.instance().toString())
                        .put("activation", parent.activation())
                        .put("awaited", parent.awaited())
                        .put("depth", parent.depth());
            case Origin.Schedule schedule -> data.put("trigger", schedule.trigger());
        }
    }

    private static void put(ObjectNode data, MessageContent.ChildClosed closed) {
        data.put("activation", closed.activation());
        data.put("child", closed.child().toString());
        data.put("status", closed.status().text());
        JsonNode output = closed.output();
        if (output != null) {
            data.set("output", output);
        }
        WorkflowError error = closed.error();
        if (error != null) {
            data.set("error", error.toJson());
        }
    }

    private static MessageContent start(JsonNode data) {
        JsonNode parent = data.get("parent");
        Origin origin = parent == null
                ? new Origin.Schedule(text(data, "trigger"))
                : new Origin.Parent(
                        UUID.fromString(text(parent, "instance")),
                        number(parent, "activation"),
                        parent.path("awaited").asBoolean(),
                        parent.path("depth").asInt(1));
        return new MessageContent.Start(
                text(data, "namespace"),
                text(data, "name"),
                textOrNull(data, "version"),
                member(data, "input"),
                text(data, "by"),
                origin);
    }

    private static MessageContent childClosed(JsonNode data) {
        JsonNode error = data.get("error");
        return new MessageContent.ChildClosed(
                number(data, "activation"),
                UUID.fromString(text(data, "child")),
                Status.ofText(text(data, "status")),
                data.get("output"),
                error == null ? null : WorkflowError.fromJson(error));
    }

    private static JsonNode member(JsonNode data, String name) {
        JsonNode value = data.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Expected \"" + name + "\" in the data of a message, but got " + data);
        }
        return value;
    }

    private static String text(JsonNode data, String name) {
        return member(data, name).asText();
    }

    private static long number(JsonNode data, String name) {
        return member(data, name).asLong();
    }

    private static @Nullable String textOrNull(JsonNode data, String name) {
        JsonNode value = data.get(name);
        return value == null ? null : value.asText();
    }

    private static void putPresent(ObjectNode data, String name, @Nullable String value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
