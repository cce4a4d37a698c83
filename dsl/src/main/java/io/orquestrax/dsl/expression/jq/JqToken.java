package io.orquestrax.dsl.expression.jq;

/**
 * A word of a jq program.
 *
 * @param text of a field or variable its name, of anything else the word as it stands
 * @param start offset of its first character
 * @param end offset after its last character
 */
record JqToken(Kind kind, String text, int start, int end) {

    enum Kind {
        /** {@code .name}. */
        FIELD,
        /** {@code $name}. */
        VARIABLE,
        /** {@code @name}. */
        FORMAT,
        NAME,
        NUMBER,
        /** The opening one of a string. */
        QUOTE,
        SYMBOL,
        END
    }

    boolean is(String symbolOrKeyword) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrKeyword);
    }

    /** As a message names it. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case QUOTE -> "a string";
            case FIELD -> "\"." + text + "\"";
            case VARIABLE -> "\"$" + text + "\"";
            case FORMAT -> "\"@" + text + "\"";
            case NAME, NUMBER, SYMBOL -> "\"" + text + "\"";
        };
    }
}
