package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Icon;

/** The icon of each kind of task. */
final class TaskIcon {
    private TaskIcon() {}

    static Icon of(String kind) {
        return switch (kind) {
            case "call" -> Icon.SQUARE_FUNCTION;
            case "do" -> Icon.LIST_ORDERED;
            case "emit" -> Icon.SEND;
            case "for" -> Icon.REPEAT;
            case "fork" -> Icon.GIT_FORK;
            case "listen", "subscription" -> Icon.RADIO;
            case "raise" -> Icon.OCTAGON_ALERT;
            case "run" -> Icon.SQUARE_TERMINAL;
            case "set" -> Icon.PENCIL;
            case "switch" -> Icon.GIT_BRANCH;
            case "try" -> Icon.SHIELD;
            case "wait" -> Icon.TIMER;
            // A kind that a later release knows still gets a shape.
            default -> Icon.SQUARE;
        };
    }
}
