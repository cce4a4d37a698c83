package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** What a client was told to be done. Whatever happens afterwards, it must stay true. */
public sealed interface Acknowledgement {

    /** When the answer was there. */
    Instant at();

    /** @param key that the start was asked for with */
    record Started(String instance, Scenario scenario, long number, String key, Instant at)
            implements Acknowledgement {}

    /** An act on an instance. */
    record Acted(String instance, Act act, Instant at) implements Acknowledgement {}

    /** An event was taken. */
    record Published(String source, String id, Instant at) implements Acknowledgement {}

    /**
     * An instance had ended.
     *
     * @param output empty where it put out nothing
     */
    record Ended(String instance, String status, Optional<JsonNode> output, Instant at) implements Acknowledgement {}

    /** What a client can do to an instance. */
    enum Act {
        CANCEL("cancel", "InstanceCancelled"),
        SUSPEND("suspend", "InstanceSuspended"),
        RESUME("resume", "InstanceResumed");

        private final String word;
        private final String event;

        Act(String word, String event) {
            this.word = word;
            this.event = event;
        }

        String word() {
            return word;
        }

        /** The type of the event that it leaves in the history. */
        public String event() {
            return event;
        }
    }
}
