package io.orquestrax.server.partition;

import io.orquestrax.store.message.MessageRow;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Why a command is decided, and who wants to know what became of it.
 *
 * @param birth of an instance that may not be there yet; absent for commands to one that must be
 * @param answer absent where nobody waits
 * @param cause the message that the command came with, which goes when the decision is durable
 */
record Occasion(
        Message.@Nullable Birth birth,
        @Nullable CompletableFuture<Answer> answer,
        @Nullable MessageRow cause) {

    /** The partition's own. */
    static final Occasion NONE = new Occasion(null, null, null);

    static Occasion of(MessageRow cause) {
        return new Occasion(null, null, cause);
    }

    /** Whether it is nobody's but the partition's. */
    boolean isOwn() {
        return answer == null && cause == null;
    }

    void complete(Answer value) {
        if (answer != null) {
            answer.complete(value);
        }
    }

    void fail(RuntimeException failure) {
        if (answer != null) {
            answer.completeExceptionally(failure);
        }
    }
}
