package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.secret.Redaction;
import java.util.function.Consumer;

/** Tells, as a job's progress, what a process wrote last. */
public final class OutputReport {
    private static final int REPORTED_BYTES = 4096;

    private final Captured stdout;
    private final Redaction secrets;
    private final Consumer<JsonNode> progress;
    private int told;

    public OutputReport(Captured stdout, Redaction secrets, Consumer<JsonNode> progress) {
        this.stdout = stdout;
        this.secrets = secrets;
        this.progress = progress;
    }

    /** Nothing where there is no more than it told before. Called from time to time. */
    public void tell() {
        int size = stdout.size();
        String lines = size == told ? "" : stdout.lastLines(REPORTED_BYTES, secrets);
        told = size;
        if (!lines.isEmpty()) {
            progress.accept(Json.NODES
                    .objectNode()
                    .put("message", lines.substring(lines.lastIndexOf('\n') + 1))
                    .put("stdout", lines));
        }
    }
}
