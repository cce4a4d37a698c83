package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/** Connectors as a node makes them, called by hand. */
public final class TestingConnectors implements AutoCloseable {
    private final Connectors connectors;

    private TestingConnectors(Connectors connectors) {
        this.connectors = connectors;
    }

    /** May call this machine. */
    public static TestingConnectors onThisMachine() {
        return of(Map.of(), Map.of());
    }

    /**
     * @param settings beside the permission to call this machine, which they may change
     * @param environment where secrets stand
     */
    public static TestingConnectors of(Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>();
        all.put("connectors.http.hosts.allowed", "127.0.0.1");
        all.put("connectors.http.timeout", "10s");
        all.putAll(settings);
        ConnectorSettings checked = ConnectorSettings.of(Settings.load(null, Map.of(), all));
        return new TestingConnectors(Connectors.of(checked, environment, "test"));
    }

    public ExternalResources resources() {
        return connectors.resources();
    }

    public Connector connector(String type) {
        return connectors.all().stream()
                .filter(connector -> connector.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The output of a call with these arguments, in JSON where single quotes stand for double ones. */
    public JsonNode call(String type, String with) throws ConnectorFailure, InterruptedException {
        return connector(type).execute(new ConnectorCall(arguments(with), "instance-1.7"));
    }

    public JsonNode execute(String type, JsonNode with) throws ConnectorFailure, InterruptedException {
        return connector(type).execute(new ConnectorCall(Json.NODES.objectNode().set("with", with), "instance-1.7"));
    }

    public WorkflowError failureOf(String type, JsonNode with) {
        return catchThrowableOfType(ConnectorFailure.class, () -> execute(type, with))
                .error();
    }

    public JsonNode http(String with) throws ConnectorFailure, InterruptedException {
        return call("http", with);
    }

    public WorkflowError failure(String type, String with) {
        return catchThrowableOfType(ConnectorFailure.class, () -> call(type, with))
                .error();
    }

    public WorkflowError httpFailure(String with) {
        return failure("http", with);
    }

    static JsonNode arguments(String with) {
        return Json.readTrusted("{\"with\":" + with.replace('\'', '"') + "}");
    }

    @Override
    public void close() {
        connectors.close();
    }
}
