package io.orquestrax.dashboard.page;

import org.jspecify.annotations.Nullable;

/**
 * A message to the reader.
 *
 * @param title what happened
 * @param text what is still safe, and what to do
 * @param command to copy; null where none helps
 */
public record Notice(
        Kind kind, String title, String text, @Nullable String command) {

    /** How much it matters. */
    public enum Kind {
        INFORMATION,
        PROBLEM
    }

    public Icon icon() {
        return kind == Kind.PROBLEM ? Icon.CIRCLE_ALERT : Icon.INFO;
    }
}
