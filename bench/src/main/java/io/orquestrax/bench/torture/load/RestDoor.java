package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.bench.torture.load.Acknowledgement.Act;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Plain HTTP, as any language speaks it. */
final class RestDoor implements Door {
    private static final String EVENT_TYPE = "application/cloudevents+json";

    private final String name;
    private final RestApi api;

    RestDoor(String name, String address) {
        this.name = name;
        this.api = new RestApi(address);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String start(String definition, String key, JsonNode input) {
        ObjectNode body = Json.NODES.objectNode();
        body.putObject("definition").put("namespace", Scenario.NAMESPACE).put("name", definition);
        body.put("key", key).set("input", input);
        return told(() -> api.post(Route.of("instances"), body)).path("id").asText();
    }

    @Override
    public void act(String instance, Act act) {
        var _ = told(() -> api.post(Route.of("instances", instance).action(act.word()), Json.NODES.objectNode()));
    }

    @Override
    public void publish(JsonNode event) {
        var _ = told(() -> api.post(Route.of("events"), EVENT_TYPE, Json.writeBytes(event)));
    }

    @Override
    public Optional<End> await(String instance, Duration limit) {
        JsonNode seen =
                told(() -> api.get(Route.of("instances", instance, "result").with("wait", limit.toString())));
        if (!seen.hasNonNull("closedAt")) {
            return Optional.empty();
        }
        JsonNode output = seen.path("output");
        boolean hasOutput = !output.isMissingNode() && !output.isNull();
        return Optional.of(new End(seen.path("status").asText(), hasOutput ? Optional.of(output) : Optional.empty()));
    }

    @Override
    public void close() {
        // Its connections end when they have been idle.
    }

    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (CommandFailure failed) {
            String code = failed.asProblem().path("code").asText("unreachable");
            throw new CallFailure(code, causeOf(failed), failed);
        }
    }

    private static String causeOf(CommandFailure failed) {
        return failed.getCause() == null ? failed.sentence() : String.valueOf(failed.getCause());
    }
}
