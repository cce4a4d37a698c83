package io.orquestrax.engine.event;

import java.util.UUID;

/** Who started an instance, where it was not a caller; who is told of its end. */
public sealed interface Origin {

    /**
     * A task of another instance.
     *
     * @param activation of the run task
     * @param awaited whether the parent waits for the end
     */
    record Parent(UUID instance, long activation, boolean awaited) implements Origin {}

    /**
     * A schedule of the definition.
     *
     * @param trigger {@code every}, {@code cron}, {@code after}, {@code on} or {@code manual}
     */
    record Schedule(String trigger) implements Origin {}
}
