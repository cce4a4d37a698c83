package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Icon;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.activation.Activation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of an instance.
 *
 * @param depth how many steps it stands in
 * @param iteration of the loop that it stands in directly, from 1; 0 where it stands in none
 * @param aside what stands beside it; null for nothing
 * @param isHandled whether it failed, and what it stands in did not
 * @param isTold whether the page's sentence tells its explanation, what it waits for, or the detail of its error
 */
public record StepLine(
        long activation,
        int depth,
        String task,
        String name,
        String kind,
        Mark mark,
        int attempt,
        @Nullable String jobType,
        int iteration,
        @Nullable StepAside aside,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable Progress progress,
        @Nullable WorkflowError error,
        boolean isHandled,
        @Nullable String explanation,
        boolean isTold,
        @Nullable JsonView input,
        @Nullable JsonView output) {
    private static final int DEEPEST = 6;

    static StepLine of(UUID instance, Activation activation, int depth, boolean isHandled, boolean isTold) {
        String raw = Address.rawHistory(instance, 0);
        boolean isOpen = activation.endedAt() == null;
        return new StepLine(
                activation.activation(),
                Math.min(depth, DEEPEST),
                activation.task(),
                activation.name(),
                activation.kind(),
                Mark.of(activation.state()),
                activation.attempt(),
                activation.jobType(),
                activation.iteration() == null ? 0 : activation.iteration() + 1,
                StepAside.of(activation),
                activation.startedAt(),
                activation.endedAt(),
                isOpen ? activation.dueAt() : null,
                isOpen ? Progress.of(activation.progress()) : null,
                activation.error(),
                isHandled,
                activation.explanation(),
                isTold,
                JsonView.ofStep(activation.input(), raw),
                JsonView.ofStep(activation.output(), raw));
    }

    public String anchor() {
        return "step-" + activation;
    }

    public boolean hasNote() {
        return !isTold && (explanation != null || dueAt != null);
    }

    public Icon icon() {
        return TaskIcon.of(kind);
    }

    public boolean isSkipped() {
        return mark.word().equals(Activation.State.SKIPPED.text());
    }

    /** Whether it failed, and nothing around it took that up. */
    public boolean isFaulted() {
        return !isHandled && mark.word().equals(Activation.State.FAULTED.text());
    }
}
