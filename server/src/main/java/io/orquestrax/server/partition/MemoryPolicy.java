package io.orquestrax.server.partition;

/** When instances leave memory. */
public enum MemoryPolicy {
    /** Those that have nothing to do soon. */
    KEEP_BUSY,

    /** All, after every decision once it is durable, so that each command reads its instance anew; for tests. */
    FORGET_ALL
}
