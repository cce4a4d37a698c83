package io.orquestrax.sdk;

/** The output was asked of an instance that has none: still open, cancelled, or faulted. */
public final class NotCompletedException extends IllegalStateException {
    private final transient Instance instance;

    NotCompletedException(Instance instance) {
        super("Expected instance " + instance.id() + " of " + instance.definition() + " to be completed, but it is "
                + instance.status().text() + errorOf(instance));
        this.instance = instance;
    }

    public Instance instance() {
        return instance;
    }

    private static String errorOf(Instance instance) {
        return instance.error() == null ? "" : ": " + instance.error().text();
    }
}
