package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Icon;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.activation.Activation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of an instance.
 *
 * @param depth how many steps it stands in
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
        @Nullable String worker,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable Progress progress,
        @Nullable WorkflowError error,
        @Nullable String explanation,
        boolean isTold,
        @Nullable JsonView input,
        @Nullable JsonView output) {
    private static final int DEEPEST = 6;
    /** Of a UUID. */
    private static final int ID_LENGTH = 36;

    static StepLine of(UUID instance, Activation activation, int depth, boolean isTold) {
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
                activation.worker(),
                activation.startedAt(),
                activation.endedAt(),
                isOpen ? activation.dueAt() : null,
                isOpen ? Progress.of(activation.progress()) : null,
                activation.error(),
                activation.explanation(),
                isTold,
                JsonView.ofStep(activation.input(), raw),
                JsonView.ofStep(activation.output(), raw));
    }

    public String anchor() {
        return "step-" + activation;
    }

    /** Those that are ids are shortened. */
    public String workerText() {
        return worker == null ? "" : worker.length() < ID_LENGTH ? worker : ShortText.id(worker);
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

    public boolean isFaulted() {
        return mark.word().equals(Activation.State.FAULTED.text());
    }
}
