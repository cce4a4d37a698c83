package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.process.Machine;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code call: mcp} (DSL reference, MCP Call; Model Context Protocol 2025-06-18). */
public final class McpConnector implements ConnectorWork {
    public static final String TYPE = "mcp";

    private static final String DEFAULT_VERSION = "2025-06-18";

    private final Resources resources;
    private final Machine machine;
    private final RpcLimits limits;
    private final Map<String, String> commands;
    private final String version;

    /**
     * @param commands that may be started as servers, and the programs that they are
     * @param version of the product, which servers are told
     */
    public McpConnector(
            Resources resources, Machine machine, RpcLimits limits, Map<String, String> commands, String version) {
        this.resources = resources;
        this.machine = machine;
        this.limits = limits;
        this.commands = Map.copyOf(commands);
        this.version = version;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        try (McpTransport transport = transport(with, secrets, idempotencyKey)) {
            ObjectNode hello = Json.NODES.objectNode();
            hello.put("protocolVersion", with.path("protocolVersion").asText(DEFAULT_VERSION));
            hello.putObject("capabilities");
            hello.putObject("clientInfo")
                    .put("name", with.path("client").path("name").asText("OrquestraX"))
                    .put("version", with.path("client").path("version").asText(version));
            JsonNode welcome = RpcMessages.result(
                    transport.ask(RpcMessages.request(1, "initialize", hello), 1), "the MCP server", "initialize");
            transport.agreeOn(welcome.path("protocolVersion").asText());
            transport.tell(RpcMessages.notification("notifications/initialized", Json.NODES.missingNode()));
            String method = with.path("method").asText();
            JsonNode answer = transport.ask(RpcMessages.request(2, method, with.path("parameters")), 2);
            return checked(RpcMessages.result(answer, "the MCP server", method), with);
        } catch (ConnectorFailure failure) {
            throw RpcMessages.asRuntime(failure);
        }
    }

    /** A tool says that it failed inside of a good answer. */
    private static JsonNode checked(JsonNode result, JsonNode with) throws ConnectorFailure {
        if (!result.path("isError").asBoolean()) {
            return result;
        }
        String said = StreamSupport.stream(result.path("content").spliterator(), false)
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining(" "));
        String tool = with.path("parameters").path("name").asText();
        throw RpcMessages.failed("Tool failed", "Expected the tool " + tool + " to do its work, but: " + said.strip());
    }

    private McpTransport transport(JsonNode with, CallSecrets secrets, String key)
            throws ConnectorFailure, InterruptedException {
        JsonNode transport = with.path("transport");
        Duration timeout = limits.within(with.path("timeout"));
        return transport.has("http")
                ? McpHttp.open(resources, transport.path("http"), secrets, timeout, key)
                : McpStdio.start(machine, transport.path("stdio"), commands, timeout, key);
    }

    @Override
    public void close() {
        machine.close();
    }
}
