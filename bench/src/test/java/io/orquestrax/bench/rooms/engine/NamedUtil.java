package io.orquestrax.bench.rooms.engine;

/** Has a name that says nothing. */
public final class NamedUtil {
    private NamedUtil() {}
}
