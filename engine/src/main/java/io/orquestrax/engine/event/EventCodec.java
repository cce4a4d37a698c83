package io.orquestrax.engine.event;

/** Events as the rows of the history hold them: a type and JSON text. */
public final class EventCodec {
    private EventCodec() {}

    /** The event's data as JSON text; what stands in columns of its own is not repeated in it. */
    public static String encode(Event event) {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * @param task JSON pointer, absent for events of the instance itself
     * @param activation 0 where there is none
     * @param attempt 0 where there is none
     */
    public static Event decode(
            String type, @org.jspecify.annotations.Nullable String task, long activation, int attempt, String data) {
        throw new UnsupportedOperationException("to be built");
    }

    /** The attempt that stands in the row's own column, 0 where there is none. */
    public static int attemptOf(Event event) {
        throw new UnsupportedOperationException("to be built");
    }
}
