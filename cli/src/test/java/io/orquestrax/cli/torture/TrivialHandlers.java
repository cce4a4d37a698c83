package io.orquestrax.cli.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.sdk.worker.JobHandlers;
import io.orquestrax.sdk.worker.Registry;

/** Three steps that each leave a mark in what they were given. */
public final class TrivialHandlers implements JobHandlers {

    @Override
    public void register(Registry registry) {
        for (String type : new String[] {"first", "second", "third"}) {
            registry.handler(type, (input, job) -> marked(input, type));
        }
    }

    private static JsonNode marked(JsonNode input, String mark) {
        ObjectNode output = input.deepCopy();
        output.put(mark, true);
        return output;
    }
}
