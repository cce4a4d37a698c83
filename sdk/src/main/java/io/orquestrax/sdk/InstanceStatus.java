package io.orquestrax.sdk;

import java.util.Locale;

/** The phase of an instance, as the workflow DSL names it. */
public enum InstanceStatus {
    PENDING,
    RUNNING,
    WAITING,
    SUSPENDED,
    CANCELLED,
    FAULTED,
    COMPLETED,
    /** One that this version of the SDK does not know. */
    UNKNOWN;

    /** Whether nothing more happens in the instance. */
    public boolean isClosed() {
        return this == CANCELLED || this == FAULTED || this == COMPLETED;
    }

    /** As it stands on the wire: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with this text, in lower case. */
    public static InstanceStatus of(String text) {
        for (InstanceStatus status : values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
