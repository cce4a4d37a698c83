package io.orquestrax.engine.activation;

import io.orquestrax.engine.event.RecordedEvent;
import java.util.List;
import java.util.UUID;

/** The activations of an instance, folded from its history. */
public final class ActivationHistory {
    private ActivationHistory() {}

    /**
     * In the order in which they began. An open job is QUEUED here: who runs it now only the dispatcher knows.
     *
     * @param events the whole history, in order
     */
    public static List<Activation> fold(UUID instance, List<RecordedEvent> events) {
        throw new UnsupportedOperationException("to be built");
    }
}
