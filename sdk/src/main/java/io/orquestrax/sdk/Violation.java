package io.orquestrax.sdk;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in a document, at its place.
 *
 * @param code stable code of the rule
 * @param pointer JSON pointer (RFC 6901) into the document; empty for the document itself
 * @param line from 1; null where the place is not known
 * @param column from 1; null where the place is not known
 * @param warning true where the document can be deployed all the same
 */
public record Violation(
        String code,
        String message,
        String pointer,
        @Nullable Integer line,
        @Nullable Integer column,
        boolean warning) {

    /** {@code line:column pointer: message}, as far as the place is known. */
    @Override
    public String toString() {
        String place = line == null ? "" : line + (column == null ? "" : ":" + column) + " ";
        return place + (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
}
