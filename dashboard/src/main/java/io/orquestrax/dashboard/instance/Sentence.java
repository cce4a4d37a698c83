package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one sentence that explains an instance's state.
 *
 * @param due what it waits for, to be shown as a distance after the text; null where it waits for no moment
 * @param told the step whose explanation or error it tells in full, so that the step need not; 0 for none
 */
public record Sentence(String text, @Nullable Instant due, long told) {

    Sentence(String text, @Nullable Instant due) {
        this(text, due, 0);
    }

    static Sentence of(InstanceRow row, List<Activation> activations, boolean isWhole) {
        return switch (row.status()) {
            case PENDING -> new Sentence("It is accepted and begins as soon as its partition gets to it.", null);
            case RUNNING, WAITING -> ofCurrent(activations, isWhole);
            case SUSPENDED ->
                new Sentence("No step begins until it is resumed; what workers have now, they may finish.", null);
            case CANCELLED -> new Sentence("It was cancelled; the steps that had completed stay as they are.", null);
            case FAULTED -> ofFault(row, activations);
            case COMPLETED -> isWhole ? ofCompletion(activations) : new Sentence("It completed.", null);
        };
    }

    private static Sentence ofCurrent(List<Activation> activations, boolean isWhole) {
        Optional<Activation> current = current(activations);
        if (current.isEmpty()) {
            return new Sentence(isWhole ? "It is between two steps." : "No step that began lately is open.", null);
        }
        Activation step = current.get();
        String name = "Step " + step.name();
        String why = step.explanation() == null ? "" : " " + step.explanation();
        return switch (step.state()) {
            case QUEUED -> new Sentence(name + " is queued." + why, null, step.activation());
            case RUNNING -> new Sentence(running(name, step) + why, null, step.activation());
            case WAITING ->
                new Sentence(
                        waiting(name, step.explanation()) + (step.dueAt() == null ? "" : " It goes on"),
                        step.dueAt(),
                        step.activation());
            case RETRYING ->
                new Sentence(
                        name + " failed at attempt " + step.attempt() + "." + why
                                + (step.dueAt() == null ? "" : " The next one begins"),
                        step.dueAt(),
                        step.activation());
            case COMPLETED, SKIPPED, FAULTED, CANCELLED -> new Sentence("It is between two steps.", null);
        };
    }

    /** An explanation that begins with the same word goes on in the same sentence. */
    private static String waiting(String name, @Nullable String explanation) {
        if (explanation == null) {
            return name + " waits.";
        }
        return explanation.startsWith("Waits ")
                ? name + " waits " + explanation.substring("Waits ".length())
                : name + " waits. " + explanation;
    }

    private static String running(String name, Activation step) {
        String attempt = step.attempt() > 1 ? ", attempt " + step.attempt() : "";
        return name + " is running" + attempt + ".";
    }

    /** What wants attention first: an explanation, then the innermost of what is open. */
    private static Optional<Activation> current(List<Activation> activations) {
        List<Activation> open = activations.stream()
                .filter(activation -> activation.endedAt() == null && isOpen(activation.state()))
                .toList();
        return open.stream()
                .filter(activation -> activation.explanation() != null)
                .findFirst()
                .or(() -> open.reversed().stream().findFirst());
    }

    private static boolean isOpen(Activation.State state) {
        return switch (state) {
            case QUEUED, RUNNING, WAITING, RETRYING -> true;
            case COMPLETED, SKIPPED, FAULTED, CANCELLED -> false;
        };
    }

    private static Sentence ofFault(InstanceRow row, List<Activation> activations) {
        return activations.stream()
                .filter(activation -> activation.state() == Activation.State.FAULTED)
                .reduce((first, second) -> second)
                .map(step -> new Sentence(
                        "Step " + step.name() + " failed: " + reason(step.error()),
                        null,
                        isToldInFull(step.error()) ? step.activation() : 0))
                .orElseGet(() -> ofFaultOutsideOfSteps(row));
    }

    private static Sentence ofFaultOutsideOfSteps(InstanceRow row) {
        if (row.error() == null) {
            return new Sentence("It failed outside of any step.", null);
        }
        WorkflowError error = WorkflowError.fromJson(Json.readTrusted(row.error()));
        boolean isBoth = error.title() != null && error.detail() != null;
        return new Sentence(isBoth ? error.title() + ": " + reason(error) : reason(error), null);
    }

    private static String reason(@Nullable WorkflowError error) {
        if (error == null) {
            return "no reason was given.";
        }
        String detail = error.detail() == null ? error.title() : error.detail();
        return detail == null ? error.type() : firstLine(detail);
    }

    private static Sentence ofCompletion(List<Activation> activations) {
        long steps = activations.stream()
                .filter(activation -> activation.state() == Activation.State.COMPLETED)
                .count();
        return new Sentence(ShortText.count(steps, "step") + " completed.", null);
    }

    private static boolean isToldInFull(@Nullable WorkflowError error) {
        return error != null
                && error.detail() != null
                && firstLine(error.detail()).equals(error.detail());
    }

    static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 240 ? line.substring(0, line.offsetByCodePoints(0, 200)) + "…" : line;
    }
}
