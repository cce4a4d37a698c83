package io.orquestrax.dsl.source;

/** A place in a text; line and column count from 1, columns in code points. */
public record Location(int line, int column) {
    public static final Location START = new Location(1, 1);
}
