package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.container.EngineClient.Answer;
import io.orquestrax.server.connector.http.Uris;
import java.io.IOException;

/** What a container engine is asked for (Docker Engine API). */
record Engine(EngineClient client) {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /**
     * @throws ConnectorFailure configuration, where there is no such image
     */
    void provide(ContainerSpec spec) throws IOException, ConnectorFailure {
        boolean isWanted = switch (spec.pull()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case IF_NOT_PRESENT ->
                client.get("/images/" + spec.image() + "/json").status() == NOT_FOUND;
        };
        if (isWanted) {
            pull(spec.image());
        }
    }

    private void pull(String image) throws IOException, ConnectorFailure {
        int digest = image.indexOf('@');
        int cut = digest >= 0 ? digest : image.lastIndexOf(':');
        String name = Uris.encode(image.substring(0, cut));
        String tag = Uris.encode(image.substring(cut + 1));
        Answer answer = client.post("/images/create?fromImage=" + name + "&tag=" + tag, null);
        // It says 200 before it begins, and then tells in lines of JSON how it goes.
        String last = answer.text().lines().reduce((_, next) -> next).orElse("");
        if (!answer.isGood() || last.contains("\"error\"")) {
            String reason = answer.isGood() ? last : answer.message();
            throw ConnectorFailure.of(
                    StandardError.RUNTIME,
                    "Image not pulled",
                    "Expected the engine to pull " + image + ", but: " + reason);
        }
    }

    /**
     * Of an attempt before, whose worker died, what is left is removed.
     *
     * @return the container's id
     */
    String create(ContainerSpec spec, String key) throws IOException, ConnectorFailure {
        String path = "/containers/create?name=" + Uris.encode(spec.name());
        Answer answer = client.post(path, spec.body());
        if (answer.status() == CONFLICT && isOfJob(spec.name(), key)) {
            remove(spec.name());
            answer = client.post(path, spec.body());
        }
        if (answer.status() == NOT_FOUND) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Image not found",
                    "Expected the engine to have the image " + spec.image() + ", but: " + answer.message());
        }
        return checked(answer, "create the container").path("Id").asText();
    }

    private boolean isOfJob(String name, String key) throws IOException {
        return client.get("/containers/" + name + "/json")
                .body()
                .path("Config")
                .path("Labels")
                .path(ContainerSpec.JOB_LABEL)
                .asText()
                .equals(key);
    }

    EngineClient.Attached attach(String id, boolean withInput) throws IOException {
        return client.attach(
                "/containers/" + id + "/attach?stream=1&stdout=1&stderr=1" + (withInput ? "&stdin=1" : ""));
    }

    void start(String id) throws IOException, ConnectorFailure {
        checked(client.post("/containers/" + id + "/start", null), "start the container");
    }

    /** Waits for its end. */
    int exitCode(String id) throws IOException, ConnectorFailure {
        return checked(client.post("/containers/" + id + "/wait", null), "wait for the container")
                .path("StatusCode")
                .asInt();
    }

    boolean wasOutOfMemory(String id) throws IOException {
        return client.get("/containers/" + id + "/json")
                .body()
                .path("State")
                .path("OOMKilled")
                .asBoolean();
    }

    /** Nothing where it does not run. */
    void kill(String id) throws IOException {
        client.post("/containers/" + id + "/kill", null);
    }

    /** Also where it runs. */
    void remove(String id) throws IOException {
        client.delete("/containers/" + id + "?force=1&v=1");
    }

    private static JsonNode checked(Answer answer, String what) throws ConnectorFailure {
        if (answer.isGood() || answer.status() == 304) {
            return answer.body();
        }
        throw ConnectorFailure.of(
                StandardError.RUNTIME,
                "Container failed",
                "Expected the engine to " + what + ", but: " + answer.message());
    }
}
