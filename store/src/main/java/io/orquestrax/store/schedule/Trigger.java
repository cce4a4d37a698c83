package io.orquestrax.store.schedule;

import java.util.Locale;

/** The parts of a schedule, each of which starts instances on its own. */
public enum Trigger {
    AFTER,
    CRON,
    EVERY,
    ON;

    /** The word of the document, which also stands in rows, events and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no such trigger
     */
    public static Trigger ofText(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
