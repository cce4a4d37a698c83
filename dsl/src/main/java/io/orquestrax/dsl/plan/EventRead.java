package io.orquestrax.dsl.plan;

/** What of a consumed event is handed on (DSL reference, Listen, read). */
public enum EventRead {
    /** Its data alone; null where it has none. */
    DATA,
    /** Its attributes and data as a JSON object. */
    ENVELOPE,
    /** As it came; here the same as the envelope, for events are kept as JSON. */
    RAW
}
