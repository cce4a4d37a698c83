package io.orquestrax.server.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands as nodes send them to each other: a JSON object with the {@code kind}; what is absent is left out. */
final class CommandCodec {
    private CommandCodec() {}

    static ObjectNode encode(Command command) {
        ObjectNode json = Json.NODES.objectNode();
        switch (command) {
            case Command.StartInstance start -> put(json.put("kind", "start"), start);
            case Command.ContinueInstance again -> json.put("kind", "continue");
            case Command.WakeInstance wake -> json.put("kind", "wake");
            case Command.CompleteJob job -> {
                attempt(
                        json.put("kind", "complete-job"),
                        job.activation(),
                        job.attempt(),
                        job.worker(),
                        job.startedAt());
                json.set("output", job.output());
            }
            case Command.FailJob job -> {
                attempt(json.put("kind", "fail-job"), job.activation(), job.attempt(), job.worker(), job.startedAt());
                json.set("error", job.error().toJson());
                json.put("retryable", job.retryable());
                put(json, job.policy());
                present(json, "progress", job.progress());
            }
            case Command.LoseJob job -> {
                attempt(json.put("kind", "lose-job"), job.activation(), job.attempt(), job.worker(), job.startedAt());
                json.put("reason", word(job.reason()));
                present(json, "progress", job.progress());
            }
            case Command.ClaimJob(long activation, int attempt) ->
                attempt(json.put("kind", "claim-job"), activation, attempt, null, null);
            case Command.CancelInstance(String by, String reason) -> wish(json.put("kind", "cancel"), by, reason);
            case Command.SuspendInstance(String by, String reason) -> wish(json.put("kind", "suspend"), by, reason);
            case Command.ResumeInstance(String by, String reason) -> wish(json.put("kind", "resume"), by, reason);
            case Command.RetryInstance(String by, String reason) -> wish(json.put("kind", "retry"), by, reason);
            case Command.DeliverEvent(ReceivedEvent event) ->
                json.put("kind", "deliver-event")
                        .put("position", event.position())
                        .put("keptUntil", event.keptUntil().toString())
                        .set("envelope", event.envelope());
            case Command.ReportChild report -> put(json.put("kind", "report-child"), report);
        }
        return json;
    }

    /**
     * @throws ServiceException {@code invalid-request} for a kind that only a newer neighbour knows
     * @throws IllegalArgumentException if it is not as {@link #encode} writes it
     */
    static Command decode(JsonNode json) {
        String kind = text(json, "kind");
        return switch (kind) {
            case "start" -> start(json);
            case "continue" -> new Command.ContinueInstance();
            case "wake" -> new Command.WakeInstance();
            case "complete-job" ->
                new Command.CompleteJob(
                        number(json, "activation"),
                        attempt(json),
                        worker(json),
                        startedAt(json),
                        member(json, "output"));
            case "fail-job" ->
                new Command.FailJob(
                        number(json, "activation"),
                        attempt(json),
                        worker(json),
                        startedAt(json),
                        WorkflowError.fromJson(member(json, "error")),
                        member(json, "retryable").asBoolean(),
                        policyOrNull(json),
                        json.get("progress"));
            case "lose-job" ->
                new Command.LoseJob(
                        number(json, "activation"),
                        attempt(json),
                        worker(json),
                        startedAt(json),
                        reason(text(json, "reason")),
                        json.get("progress"));
            case "claim-job" -> new Command.ClaimJob(number(json, "activation"), attempt(json));
            case "cancel" -> new Command.CancelInstance(text(json, "by"), textOrNull(json, "reason"));
            case "suspend" -> new Command.SuspendInstance(text(json, "by"), textOrNull(json, "reason"));
            case "resume" -> new Command.ResumeInstance(text(json, "by"), textOrNull(json, "reason"));
            case "retry" -> new Command.RetryInstance(text(json, "by"), textOrNull(json, "reason"));
            case "deliver-event" ->
                new Command.DeliverEvent(new ReceivedEvent(
                        number(json, "position"), Instant.parse(text(json, "keptUntil")), member(json, "envelope")));
            case "report-child" -> child(json);
            default ->
                throw new ServiceException(
                        ErrorCode.INVALID_REQUEST,
                        "Expected a command that this version knows, but got \"" + kind + "\".");
        };
    }

    private static void put(ObjectNode json, Command.StartInstance start) {
        present(json, "key", start.key());
        json.set("input", start.input());
        ObjectNode tags = json.putObject("tags");
        start.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        json.put("by", start.by());
        switch (start.origin()) {
            case null -> {}
            case Origin.Parent parent ->
                json.putObject("parent")
                        .put("instance", parent.instance().toString())
                        .put("activation", parent.activation())
                        .put("awaited", parent.awaited());
            case Origin.Schedule schedule -> json.put("trigger", schedule.trigger());
        }
    }

    private static void put(ObjectNode json, @Nullable JobRetryPolicy policy) {
        if (policy == null) {
            return;
        }
        ObjectNode object = json.putObject("policy")
                .put("maxAttempts", policy.maxAttempts())
                .put("delay", policy.delay().toString())
                .put("backoff", policy.backoff())
                .put("jitter", policy.jitter());
        Duration maxDelay = policy.maxDelay();
        if (maxDelay != null) {
            object.put("maxDelay", maxDelay.toString());
        }
        policy.nonRetryableErrors().stream().sorted().forEach(object.putArray("nonRetryableErrors")::add);
    }

    private static void put(ObjectNode json, Command.ReportChild report) {
        json.put("activation", report.activation())
                .put("child", report.child().toString())
                .put("status", report.status().text());
        present(json, "output", report.output());
        WorkflowError error = report.error();
        if (error != null) {
            json.set("error", error.toJson());
        }
    }

    private static void attempt(
            ObjectNode json, long activation, int attempt, @Nullable String worker, @Nullable Instant startedAt) {
        json.put("activation", activation).put("attempt", attempt);
        present(json, "worker", worker);
        present(json, "startedAt", startedAt == null ? null : startedAt.toString());
    }

    private static void wish(ObjectNode json, String by, @Nullable String reason) {
        present(json.put("by", by), "reason", reason);
    }

    private static void present(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void present(ObjectNode json, String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
    }

    private static Command.StartInstance start(JsonNode json) {
        Map<String, String> tags = new HashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        JsonNode parent = json.get("parent");
        String trigger = textOrNull(json, "trigger");
        Origin byTrigger = trigger == null ? null : new Origin.Schedule(trigger);
        Origin origin = parent == null
                ? byTrigger
                : new Origin.Parent(
                        UUID.fromString(text(parent, "instance")),
                        number(parent, "activation"),
                        member(parent, "awaited").asBoolean());
        return new Command.StartInstance(
                textOrNull(json, "key"), member(json, "input"), tags, text(json, "by"), origin);
    }

    private static Command.ReportChild child(JsonNode json) {
        JsonNode error = json.get("error");
        return new Command.ReportChild(
                number(json, "activation"),
                UUID.fromString(text(json, "child")),
                Status.ofText(text(json, "status")),
                json.get("output"),
                error == null ? null : WorkflowError.fromJson(error));
    }

    private static @Nullable JobRetryPolicy policyOrNull(JsonNode json) {
        JsonNode policy = json.get("policy");
        if (policy == null) {
            return null;
        }
        Set<String> errors = new HashSet<>();
        policy.path("nonRetryableErrors").forEach(error -> errors.add(error.asText()));
        String maxDelay = textOrNull(policy, "maxDelay");
        return new JobRetryPolicy(
                Math.toIntExact(number(policy, "maxAttempts")),
                Duration.parse(text(policy, "delay")),
                member(policy, "backoff").asDouble(),
                maxDelay == null ? null : Duration.parse(maxDelay),
                member(policy, "jitter").asDouble(),
                errors);
    }

    private static int attempt(JsonNode json) {
        return Math.toIntExact(number(json, "attempt"));
    }

    private static @Nullable String worker(JsonNode json) {
        return textOrNull(json, "worker");
    }

    private static @Nullable Instant startedAt(JsonNode json) {
        String text = textOrNull(json, "startedAt");
        return text == null ? null : Instant.parse(text);
    }

    private static String word(LossReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static LossReason reason(String word) {
        return LossReason.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static JsonNode member(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Expected \"" + name + "\" in a command, but got " + json);
        }
        return value;
    }

    private static String text(JsonNode json, String name) {
        return member(json, name).asText();
    }

    private static long number(JsonNode json, String name) {
        return member(json, name).asLong();
    }

    private static @Nullable String textOrNull(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.asText();
    }
}
