package io.orquestrax.cli.terminal;

/** Colours by ANSI sequences, or none. */
public record Style(boolean colours) {

    public String bold(String text) {
        return wrap("1", text);
    }

    public String faint(String text) {
        return wrap("2", text);
    }

    public String red(String text) {
        return wrap("31", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String yellow(String text) {
        return wrap("33", text);
    }

    public String blue(String text) {
        return wrap("34", text);
    }

    public String violet(String text) {
        return wrap("35", text);
    }

    /** The state's word behind its mark, in its colour: of an instance or of an activation. */
    public String state(String state) {
        return inStateColour(state, mark(state) + " " + state);
    }

    /** The text in the state's colour. */
    public String inStateColour(String state, String text) {
        return switch (state) {
            case "running", "queued" -> blue(text);
            case "waiting", "retrying" -> violet(text);
            case "suspended" -> yellow(text);
            case "completed" -> green(text);
            case "faulted" -> red(text);
            case "cancelled", "skipped" -> faint(text);
            default -> text;
        };
    }

    /** One character, since colour is never alone. */
    public static String mark(String state) {
        return switch (state) {
            case "running" -> "●";
            case "waiting" -> "◷";
            case "retrying" -> "↻";
            case "suspended" -> "‖";
            case "completed" -> "✓";
            case "faulted" -> "✗";
            case "cancelled" -> "⊘";
            case "skipped" -> "–";
            default -> "○";
        };
    }

    private String wrap(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
