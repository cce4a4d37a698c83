package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One scenario under way: what it was given, and the instance that it is about. */
final class Play implements AutoCloseable {
    private final Runtime runtime;
    private final Functions functions = new Functions();
    private final List<JsonNode> others = new ArrayList<>();
    private final List<String> otherSources = new ArrayList<>();
    private String source = "";
    private JsonNode input = Json.NODES.objectNode();
    private @Nullable String instance;
    private Api.@Nullable Answer deployment;

    Play(Runtime runtime) {
        this.runtime = runtime;
        runtime.services().forget();
    }

    Runtime runtime() {
        return runtime;
    }

    Functions functions() {
        return functions;
    }

    void give(String definition) {
        source = definition;
    }

    void giveAnother(String definition) {
        otherSources.add(definition);
        others.add(Yaml.read(definition));
    }

    void giveInput(JsonNode value) {
        input = value;
    }

    /** Whether the document was refused, the runtime keeps the answer. */
    Api.Answer deploy() {
        for (String other : otherSources) {
            post("/definitions", other).expect(200, 201);
        }
        Api.Answer answer = post("/definitions", source);
        deployment = answer;
        return answer;
    }

    private Api.Answer post(String path, String yaml) {
        Api.Answer answer = runtime.api().post(path, "application/yaml", yaml);
        // The kit gives one version two contents: the second one gets a namespace of its own.
        for (int copy = 2; answer.status() == 409; copy++) {
            String name = Yaml.read(yaml).at("/document/namespace").asText();
            String moved = yaml.replaceFirst("namespace: *'?" + name + "'?", "namespace: " + name + "-" + copy);
            answer = runtime.api().post(path, "application/yaml", moved);
            if (answer.status() < 300) {
                source = moved;
            }
        }
        return answer;
    }

    void start() throws InterruptedException {
        deploy().expect(200, 201);
        functions.serve(runtime.address());
        JsonNode document = Yaml.read(source).path("document");
        ObjectNode request = Json.NODES.objectNode();
        ObjectNode definition = request.putObject("definition");
        definition.set("namespace", document.get("namespace"));
        definition.set("name", document.get("name"));
        definition.set("version", document.get("version"));
        request.set("input", input);
        instance = runtime.api()
                .post("/instances", "application/json", Json.write(request))
                .expect(200, 201)
                .path("id")
                .asText();
    }

    /** The instance that something else started becomes the one that the scenario is about. */
    void adopt() throws Exception {
        String name = Yaml.read(source).at("/document/name").asText();
        Waiting.until("an instance of " + name, () -> child(name).has("id"));
        instance = child(name).path("id").asText();
    }

    void serveFunctions() throws InterruptedException {
        functions.serve(runtime.address());
    }

    private String id() {
        if (instance == null) {
            throw new AssertionError("Expected the workflow to have been started");
        }
        return instance;
    }

    JsonNode instance() {
        return runtime.api().get("/instances/" + id()).expect(200);
    }

    /** The closed instance. */
    JsonNode result() {
        Api.Answer answer = runtime.api().get("/instances/" + id() + "/result?wait=PT30S");
        if (answer.status() != 200) {
            throw new AssertionError("Expected the workflow to end, but it is "
                    + answer.body().path("status").asText() + "; its tasks: " + activations());
        }
        return answer.body();
    }

    void awaitStatus(String status) throws Exception {
        Waiting.until(
                "status " + status + ", but it is " + instance(),
                () -> instance().path("status").asText().equals(status));
    }

    void act(String verb) {
        act(id(), verb);
    }

    void actOnChild(String name, String verb) {
        act(child(name).path("id").asText(), verb);
    }

    private void act(String id, String verb) {
        runtime.api()
                .post("/instances/" + id + ":" + verb, "application/json", "{}")
                .expect(200);
    }

    JsonNode activations() {
        return runtime.api()
                .get("/instances/" + id() + "/activations")
                .expect(200)
                .path("activations");
    }

    /** The names of the tasks that ran, in the order in which they began; neither skipped ones nor extensions did. */
    List<String> ran() {
        List<String> names = new ArrayList<>();
        for (JsonNode activation : activations()) {
            String task = activation.path("task").asText();
            boolean isSkipped = activation.path("state").asText().equalsIgnoreCase("skipped");
            if (!isSkipped && !activation.path("kind").asText().equals("extension")) {
                names.add(task.substring(task.lastIndexOf('/') + 1));
            }
        }
        return names;
    }

    JsonNode deployment() {
        if (deployment == null) {
            throw new AssertionError("Expected the document to have been deployed");
        }
        return deployment.body();
    }

    int deploymentStatus() {
        return deployment == null ? 0 : deployment.status();
    }

    void publish(JsonNode events) {
        for (JsonNode event : events.isArray() ? events : Json.NODES.arrayNode().add(events)) {
            ObjectNode envelope = event.deepCopy();
            if (!envelope.has("specversion")) {
                envelope.put("specversion", "1.0");
            }
            if (!envelope.has("id")) {
                envelope.put("id", java.util.UUID.randomUUID().toString());
            }
            if (!envelope.has("source")) {
                envelope.put("source", "/conformance");
            }
            runtime.api()
                    .post("/events", "application/cloudevents+json", Json.write(envelope))
                    .expect(202);
        }
    }

    /** The newest instance of another definition of the scenario; missing where there is none. */
    JsonNode child(String name) {
        return runtime.api()
                .get("/instances?name=" + name + "&pageSize=1")
                .expect(200)
                .path("instances")
                .path(0);
    }

    @Override
    public void close() {
        functions.close();
        for (String name : names()) {
            String namespace = Yaml.read(source).at("/document/namespace").asText();
            // A schedule would go on to start instances while other scenarios run; most workflows have none.
            runtime.api().post("/schedules/" + namespace + "/" + name + ":pause", "application/json", "{}");
            for (JsonNode open : runtime.api()
                    .get("/instances?status=running,waiting,suspended,pending&name=" + name)
                    .expect(200)
                    .path("instances")) {
                runtime.api().post("/instances/" + open.path("id").asText() + ":cancel", "application/json", "{}");
            }
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        others.forEach(other -> names.add(other.at("/document/name").asText()));
        if (!source.isEmpty() && deploymentStatus() < 300) {
            names.add(Yaml.read(source).at("/document/name").asText());
        }
        return names;
    }
}
