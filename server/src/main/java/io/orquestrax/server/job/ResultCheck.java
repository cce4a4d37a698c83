package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the history what does not belong there: a result that is too large or malformed becomes a failure that
 * names the problem.
 */
record ResultCheck(int maxPayloadBytes) {
    private static final int MAX_ERROR_TEXT = 16 * 1024;

    JobResult check(JobResult result) {
        return switch (result) {
            case JobResult.Completed completed -> check(completed);
            case JobResult.Failed failed ->
                new JobResult.Failed(failed.job(), failed.startedAt(), check(failed.error()), failed.retryable());
        };
    }

    /** Progress is no reason to fail a job: what is too large counts as a heartbeat without any. */
    @Nullable
    JsonNode checkProgress(@Nullable JsonNode progress) {
        return progress != null && size(progress) > maxPayloadBytes ? null : progress;
    }

    private JobResult check(JobResult.Completed completed) {
        int size = size(completed.output());
        if (size <= maxPayloadBytes) {
            return completed;
        }
        String detail =
                "Expected an output of at most %d bytes of JSON, but it has %d.".formatted(maxPayloadBytes, size);
        return new JobResult.Failed(
                completed.job(),
                completed.startedAt(),
                WorkflowError.of(StandardError.RUNTIME, "Output too large", detail),
                false);
    }

    private WorkflowError check(WorkflowError error) {
        if (error.type().isBlank() || error.status() < 100 || error.status() > 599) {
            String detail =
                    "Expected an error with a type and a status from 100 to 599, but it has type '%s' and status %d: %s"
                            .formatted(shortened(error.type()), error.status(), shortened(error.detail()));
            return WorkflowError.of(StandardError.RUNTIME, "Malformed error", String.valueOf(shortened(detail)));
        }
        WorkflowError usual = new WorkflowError(
                error.type(), error.status(), error.instance(), shortened(error.title()), shortened(error.detail()));
        return error.members().isEmpty() ? usual : withMembers(usual, error.members());
    }

    /** An error stays what it is, so that it can be caught, when its members are too large. */
    private WorkflowError withMembers(WorkflowError usual, Map<String, JsonNode> members) {
        WorkflowError whole = new WorkflowError(
                usual.type(), usual.status(), usual.instance(), usual.title(), usual.detail(), members);
        int size = size(whole.toJson());
        if (size <= maxPayloadBytes) {
            return whole;
        }
        String detail =
                "%s (Its further members are left out: expected an error of at most %d bytes of JSON, but it has %d.)"
                        .formatted(usual.detail() == null ? "" : usual.detail(), maxPayloadBytes, size)
                        .strip();
        return new WorkflowError(usual.type(), usual.status(), usual.instance(), usual.title(), detail);
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= MAX_ERROR_TEXT ? text : text.substring(0, MAX_ERROR_TEXT) + "…";
    }

    private static int size(JsonNode payload) {
        return Json.writeBytes(payload).length;
    }
}
