package io.orquestrax.engine;

import java.util.Locale;

/** The phase of an instance (DSL reference, Status Phase). */
public enum Status {
    PENDING,
    RUNNING,
    WAITING,
    SUSPENDED,
    CANCELLED,
    FAULTED,
    COMPLETED;

    public boolean isClosed() {
        return this == CANCELLED || this == FAULTED || this == COMPLETED;
    }

    /** The DSL's word, in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status ofText(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
