package io.orquestrax.dashboard.page;

import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import java.util.Locale;

/**
 * A state as pages show it: a colour, a shape and always the word.
 *
 * @param tone which of the seven states gives colour and shape
 */
public record Mark(Status tone, String word) {

    public static Mark of(Status status) {
        return new Mark(status, status.text());
    }

    public static Mark of(Activation.State state) {
        return new Mark(tone(state), state.text());
    }

    /** The class of the style sheet. */
    public String style() {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    public Icon icon() {
        return switch (tone) {
            case PENDING, RUNNING -> Icon.CIRCLE;
            case WAITING -> Icon.CLOCK;
            case SUSPENDED -> Icon.PAUSE;
            case COMPLETED -> Icon.CHECK;
            case FAULTED -> Icon.X;
            case CANCELLED -> Icon.SLASH;
        };
    }

    private static Status tone(Activation.State state) {
        return switch (state) {
            case QUEUED -> Status.PENDING;
            case RUNNING -> Status.RUNNING;
            case WAITING, RETRYING -> Status.WAITING;
            case COMPLETED -> Status.COMPLETED;
            case SKIPPED, CANCELLED -> Status.CANCELLED;
            case FAULTED -> Status.FAULTED;
        };
    }
}
