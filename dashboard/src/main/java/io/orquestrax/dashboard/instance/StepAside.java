package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.activation.Detail;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a step: who works on it, how far a loop is, which child it started.
 *
 * @param title all of it, where the text is only its short form
 * @param href where more is shown; null where nothing is
 */
public record StepAside(String text, String title, @Nullable String href) {
    /** Of a UUID. */
    private static final int ID_LENGTH = 36;

    /** Null where there is nothing to say. */
    static @Nullable StepAside of(Activation activation) {
        String worker = activation.worker();
        if (worker != null) {
            // Those that are ids are shortened.
            String text = worker.length() < ID_LENGTH ? worker : ShortText.id(worker);
            return new StepAside(text, "Worker " + worker, null);
        }
        return switch (activation.detail()) {
            case null -> null;
            case Detail.Loop loop ->
                plain(loop.size() == 0 ? "no items" : Math.max(0, loop.index() + 1) + " of " + loop.size());
            case Detail.Fork fork ->
                plain(ShortText.count(
                        fork.size(), fork.compete() ? "rival" : "branch", fork.compete() ? "rivals" : "branches"));
            case Detail.Listening listening -> listening(listening);
            case Detail.Child child ->
                new StepAside(
                        child.name(),
                        "Instance " + child.instance() + " of " + child.namespace() + "/" + child.name(),
                        Address.instance(child.instance()));
            case Detail.Emitted emitted -> {
                String type = emitted.envelope().path("type").asText();
                yield new StepAside(
                        type,
                        "Event " + type,
                        Address.of("/events").with("type", type).toString());
            }
        };
    }

    private static StepAside listening(Detail.Listening listening) {
        String types = listening.types().isEmpty() ? "any event" : String.join(", ", listening.types());
        return listening.consumed() == 0
                ? new StepAside(types, "Listens for " + types, null)
                : new StepAside(
                        ShortText.count(listening.consumed(), "event"),
                        ShortText.count(listening.consumed(), "event") + " came; it listens for " + types,
                        null);
    }

    private static StepAside plain(String text) {
        return new StepAside(text, text, null);
    }
}
