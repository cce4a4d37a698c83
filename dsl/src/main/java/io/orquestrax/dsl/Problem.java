package io.orquestrax.dsl;

/**
 * One mistake in a document.
 *
 * @param code stable, lower case with hyphens: {@code unknown-property}, {@code not-supported-yet} …
 * @param message what was expected and what was found
 * @param pointer RFC 6901, into the document
 * @param line from 1
 * @param column from 1
 */
public record Problem(String code, String message, String pointer, int line, int column, Severity severity) {

    public enum Severity {
        ERROR,
        WARNING
    }

    @Override
    public String toString() {
        return line + ":" + column + " " + pointer + " " + code + ": " + message;
    }
}
