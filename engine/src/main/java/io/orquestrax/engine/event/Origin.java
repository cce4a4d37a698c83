package io.orquestrax.engine.event;

import java.util.UUID;

/** Who started an instance, where it was not a caller; who is told of its end. */
public sealed interface Origin {

    /**
     * A task of another instance.
     *
     * @param activation of the run task
     * @param awaited whether the parent waits for the end
     * @param depth how many instances started each other up to here, from 1
     */
    record Parent(UUID instance, long activation, boolean awaited, int depth) implements Origin {

        /** One that nobody started. */
        public Parent(UUID instance, long activation, boolean awaited) {
            this(instance, activation, awaited, 1);
        }
    }

    /**
     * A schedule of the definition.
     *
     * @param trigger {@code every}, {@code cron}, {@code after}, {@code on} or {@code manual}
     */
    record Schedule(String trigger) implements Origin {}
}
