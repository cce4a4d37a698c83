package io.orquestrax.engine.event;

/** Which part of an extended task runs. */
public enum ExtensionPhase {
    /** What the extension runs first. */
    BEFORE,
    /** The task itself. */
    EXTENDED,
    /** What the extension runs last. */
    AFTER
}
