package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.process.Machine;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code call: mcp} (DSL reference, MCP Call; Model Context Protocol 2025-06-18). */
public final class McpConnector implements ConnectorWork {
    public static final String TYPE = "mcp";

    private static final String DEFAULT_VERSION = "2025-06-18";
    /** That may be answered where another is asked for; what a client does of them is the same. */
    private static final List<String> VERSIONS = List.of(DEFAULT_VERSION, "2025-03-26", "2024-11-05");

    private static final String SERVER = "the MCP server";
    private static final int GREETING = 1;
    private static final int QUESTION = 2;

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
            JsonNode answer;
            try {
                answer = inSession(transport, with);
            } catch (ConnectorFailure failure) {
                if (!transport.hasLostSession(failure)) {
                    throw failure;
                }
                answer = inSession(transport, with);
            }
            return checked(
                    RpcMessages.result(answer, SERVER, with.path("method").asText()), with);
        } catch (ConnectorFailure failure) {
            throw RpcMessages.asRuntime(failure);
        }
    }

    private JsonNode inSession(McpTransport transport, JsonNode with) throws ConnectorFailure, InterruptedException {
        String asked = with.path("protocolVersion").asText(DEFAULT_VERSION);
        ObjectNode hello = Json.NODES.objectNode();
        hello.put("protocolVersion", asked);
        hello.putObject("capabilities");
        hello.putObject("clientInfo")
                .put("name", with.path("client").path("name").asText("OrquestraX"))
                .put("version", with.path("client").path("version").asText(version));
        JsonNode welcome = RpcMessages.result(
                transport.ask(RpcMessages.request(GREETING, "initialize", hello), GREETING), SERVER, "initialize");
        String spoken = welcome.path("protocolVersion").asText();
        if (!spoken.equals(asked) && !VERSIONS.contains(spoken)) {
            throw RpcMessages.failed(
                    "Protocol version not supported",
                    "Expected the MCP server to speak " + asked + ", or one of " + VERSIONS + ", but it speaks "
                            + (spoken.isEmpty() ? "none" : spoken) + ".");
        }
        transport.agreeOn(spoken);
        transport.tell(RpcMessages.notification("notifications/initialized", Json.NODES.missingNode()));
        return answer(
                transport, RpcMessages.request(QUESTION, with.path("method").asText(), with.path("parameters")));
    }

    private static JsonNode answer(McpTransport transport, JsonNode question)
            throws ConnectorFailure, InterruptedException {
        try {
            return transport.ask(question, QUESTION);
        } catch (InterruptedException cancelled) {
            transport.cancel(QUESTION);
            throw cancelled;
        } catch (ConnectorFailure failure) {
            if (HttpSender.TIME_OVER.equals(failure.error().title())) {
                transport.cancel(QUESTION);
            }
            throw failure;
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
                : McpStdio.start(machine, transport.path("stdio"), commands, timeout, key, secrets.redaction());
    }

    @Override
    public void close() {
        machine.close();
    }
}
