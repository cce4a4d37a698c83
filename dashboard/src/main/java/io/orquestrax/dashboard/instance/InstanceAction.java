package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Icon;
import io.orquestrax.engine.Status;
import java.util.List;
import java.util.Locale;

/** What a reader can do to an instance. */
public enum InstanceAction {
    SUSPEND("Suspend", Icon.PAUSE),
    RESUME("Resume", Icon.PLAY),
    RETRY("Retry from failed step", Icon.ROTATE_CCW),
    CANCEL("Cancel", Icon.BAN);

    private final String label;
    private final Icon icon;

    InstanceAction(String label, Icon icon) {
        this.label = label;
        this.icon = icon;
    }

    public String label() {
        return label;
    }

    public Icon icon() {
        return icon;
    }

    /** The last part of its address. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is possible, the main one first. */
    static List<InstanceAction> possible(Status status) {
        return switch (status) {
            case PENDING, RUNNING, WAITING -> List.of(SUSPEND, CANCEL);
            case SUSPENDED -> List.of(RESUME, CANCEL);
            case FAULTED -> List.of(RETRY);
            case CANCELLED, COMPLETED -> List.of();
        };
    }
}
