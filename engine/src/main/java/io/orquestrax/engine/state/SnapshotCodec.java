package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.util.Optional;
import java.util.UUID;

/**
 * States as snapshots hold them: JSON text from which the fold goes on as if it had come all the way from the first event.
 *
 * <p>The text is an array. Its first element is the state, and the others are the values that the state refers to by their
 * index, so that what many activations share is written once.
 */
public final class SnapshotCodec {
    /** Raised where what is written changes its meaning, and where the same events come to another state than before. */
    public static final int VERSION = 1;

    private SnapshotCodec() {}

    /**
     * @param mostChars of the text
     * @return empty where the text would be longer
     */
    public static Optional<String> encode(InstanceState state, int mostChars) {
        return Json.write(new SnapshotWriter().write(state), mostChars);
    }

    /**
     * @param id of the instance
     * @param snapshot of this {@link #VERSION}
     * @throws RuntimeException if it is no such text; of which kind depends on what is wrong with it
     */
    public static InstanceState decode(UUID id, String snapshot) {
        JsonNode elements = Json.readTrusted(snapshot);
        if (!elements.isArray() || !elements.path(0).isObject()) {
            throw new IllegalArgumentException("Expected the snapshot of instance " + id + " to be an array of a state"
                    + " and its values, but it is not");
        }
        return new SnapshotReader(id, elements).read();
    }
}
