package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** One way into the cluster, as a client takes it. */
interface Door extends AutoCloseable {

    /** How it is named where a call failed. */
    String name();

    /**
     * @return id of the instance
     */
    String start(String definition, String key, JsonNode input);

    void act(String instance, Acknowledgement.Act act);

    /** @param event a CloudEvent in its JSON format */
    void publish(JsonNode event);

    /** Waits so long for the end of an instance; empty while it is open. */
    Optional<End> await(String instance, Duration limit);

    /**
     * How an instance ended.
     *
     * @param output empty where it put out nothing
     */
    record End(String status, Optional<JsonNode> output) {}

    @Override
    void close();

    /** A call that was refused, or that nobody answered. */
    final class CallFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String code;

        CallFailure(String code, String detail, Throwable cause) {
            super(code + ": " + detail, cause);
            this.code = code;
        }

        /** The stable code of the problem, or one of the client's own. */
        String code() {
            return code;
        }
    }
}
