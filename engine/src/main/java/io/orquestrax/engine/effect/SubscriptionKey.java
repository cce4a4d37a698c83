package io.orquestrax.engine.effect;

import org.jspecify.annotations.Nullable;

/**
 * What an event must have for a filter to be worth asking; the filter itself is asked when the event is delivered.
 *
 * @param type the event's type; absent for any
 * @param correlation absent where the filter correlates with nothing that is known yet
 */
public record SubscriptionKey(
        @Nullable String type, @Nullable Correlation correlation) {

    /**
     * @param shape the expressions that correlate, as a JSON array of their sources
     * @param match SHA-256, lower-case hex, of the canonical JSON array of the values expected of them
     */
    public record Correlation(String shape, String match) {}
}
