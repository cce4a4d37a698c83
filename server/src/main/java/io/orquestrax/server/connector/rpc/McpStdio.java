package io.orquestrax.server.connector.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.TimeLimit;
import io.orquestrax.server.connector.process.Conversation;
import io.orquestrax.server.connector.process.Machine;
import io.orquestrax.server.connector.process.ProcessArguments;
import io.orquestrax.server.connector.secret.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that is started for the call, and talks over its standard input and output, a message a line. */
record McpStdio(Conversation conversation, Duration timeout, Redaction secrets) implements McpTransport {

    /**
     * @param commands that an operator allows
     */
    static McpStdio start(
            Machine machine,
            JsonNode stdio,
            Map<String, String> commands,
            Duration timeout,
            String key,
            Redaction secrets)
            throws ConnectorFailure, InterruptedException {
        String command = ProcessArguments.text(stdio.path("command"), "a command");
        String program = commands.get(command);
        if (program == null) {
            throw ConnectorFailure.of(
                    StandardError.AUTHORIZATION,
                    "Command not allowed",
                    "Expected a command that an operator allows with connectors.mcp.commands, but \"" + command
                            + "\" is none.");
        }
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(ProcessArguments.words(stdio.path("arguments")));
        Map<String, String> environment = ProcessArguments.environment(stdio.path("environment"), key);
        return new McpStdio(Conversation.start(machine, words, environment), timeout, secrets);
    }

    @Override
    public JsonNode ask(JsonNode request, int id) throws ConnectorFailure, InterruptedException {
        try {
            return TimeLimit.run(timeout, () -> {
                conversation.write(Json.write(request));
                return answer(id);
            });
        } catch (TimeLimit.OverException over) {
            throw RpcMessages.failed(
                    HttpSender.TIME_OVER,
                    "Expected the MCP server to answer within " + timeout.toMillis() + " ms, but it did not.");
        } catch (IOException broken) {
            throw ended();
        }
    }

    private JsonNode answer(int id) throws IOException, ConnectorFailure {
        while (true) {
            String line = conversation.readLine().orElseThrow(this::ended);
            Optional<JsonNode> answer = RpcMessages.answer(line, id);
            if (answer.isPresent()) {
                return answer.get();
            }
            for (JsonNode message : RpcMessages.parse(line)) {
                if (RpcMessages.isRequest(message)) {
                    conversation.write(Json.write(RpcMessages.refusal(message)));
                }
            }
        }
    }

    @Override
    public void tell(JsonNode notification) throws ConnectorFailure {
        try {
            conversation.write(Json.write(notification));
        } catch (IOException broken) {
            throw ended();
        }
    }

    private ConnectorFailure ended() {
        Optional<ConnectorFailure> tooMany = conversation.tooManyErrors();
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        String said = conversation.lastErrors(secrets);
        return RpcMessages.failed(
                "MCP server ended",
                "Expected the MCP server to answer, but it ended" + (said.isEmpty() ? "." : ": " + said));
    }

    @Override
    public void close() {
        conversation.close();
    }
}
