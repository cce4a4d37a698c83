package io.orquestrax.store.message;

/** Which command a message is. */
public enum MessageKind {
    START("start"),
    CANCEL("cancel"),
    CHILD_CLOSED("child-closed"),
    EVENT("event");

    private final String text;

    MessageKind(String text) {
        this.text = text;
    }

    /** As in the table. */
    public String text() {
        return text;
    }

    /**
     * @throws IllegalArgumentException if there is no such kind
     */
    public static MessageKind ofText(String text) {
        for (MessageKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("Expected a kind of message, but got " + text);
    }
}
