package io.orquestrax.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a task inside an instance, with its present state.
 *
 * @param parent 0 for a task of the outermost list
 * @param task JSON pointer
 * @param kind {@code do, set, switch, call, wait, raise, try} …
 * @param state {@code pending, queued, running, waiting, retrying, completed, skipped, faulted} or {@code cancelled}
 * @param dueAt when it goes on by itself: the end of a wait or of a backoff
 * @param explanation one sentence where the state wants one
 */
public record Activation(
        long activation,
        long parent,
        String task,
        String name,
        String kind,
        String state,
        int attempt,
        @Nullable String jobType,
        @Nullable String worker,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Payload input,
        @Nullable Payload output,
        @Nullable Payload error,
        @Nullable Payload progress,
        @Nullable Instant dueAt,
        @Nullable String explanation) {}
