package io.orquestrax.store.cloudevent;

/** What a subscription is found by; empty texts where there is no condition. */
public record EventKey(String type, String shape, String match) {
    /** Any type, with no condition. */
    public static final EventKey ANY = new EventKey("", "", "");

    public static EventKey ofType(String type) {
        return new EventKey(type, "", "");
    }
}
