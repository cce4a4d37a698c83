package io.orquestrax.sdk.worker;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Where handlers are named. A type has one handler; a second one is an {@link IllegalArgumentException}. */
public interface Registry {

    /**
     * Names the handler of a job type.
     *
     * @param type the job type: what a {@code call} task of a definition names
     * @param input what the job's input is read as; input that does not fit fails the job, without a retry
     */
    <I> Registry handler(
            String type, Class<I> input, HandlerOptions options, JobHandler<I, ? extends @Nullable Object> handler);

    /** As the other, without options. */
    default <I> Registry handler(String type, Class<I> input, JobHandler<I, ? extends @Nullable Object> handler) {
        return handler(type, input, HandlerOptions.NONE, handler);
    }

    /** With the input as a tree, every number kept digit by digit. */
    default Registry handler(
            String type, HandlerOptions options, JobHandler<JsonNode, ? extends @Nullable Object> handler) {
        return handler(type, JsonNode.class, options, handler);
    }

    /** With the input as a tree, without options. */
    default Registry handler(String type, JobHandler<JsonNode, ? extends @Nullable Object> handler) {
        return handler(type, JsonNode.class, HandlerOptions.NONE, handler);
    }

    /** Without an output. */
    default <I> Registry voidHandler(String type, Class<I> input, HandlerOptions options, VoidJobHandler<I> handler) {
        return handler(type, input, options, (value, context) -> {
            handler.handle(value, context);
            return null;
        });
    }

    /** Without an output and options. */
    default <I> Registry voidHandler(String type, Class<I> input, VoidJobHandler<I> handler) {
        return voidHandler(type, input, HandlerOptions.NONE, handler);
    }
}
