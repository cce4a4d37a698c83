package io.orquestrax.dsl.expression;

import java.util.List;

/** A jq program that does not compile. */
public final class ExpressionSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Kind {
        SYNTAX,
        UNKNOWN_FUNCTION
    }

    private final Kind kind;
    private final int offset;
    private final String found;
    private final transient List<String> candidates;

    ExpressionSyntaxException(Kind kind, String message, int offset, String found, List<String> candidates) {
        super(message, null, false, false);
        this.kind = kind;
        this.offset = offset;
        this.found = found;
        this.candidates = List.copyOf(candidates);
    }

    public Kind kind() {
        return kind;
    }

    /** Of the mistake in the program, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }

    /** The word that was found. */
    public String found() {
        return found;
    }

    /** Words that would have been right. */
    public List<String> candidates() {
        return candidates;
    }
}
