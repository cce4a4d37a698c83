package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code call: mcp} and {@code call: a2a} (DSL reference). A connector gets
 *
 * <pre>{@code
 * mcp: {"protocolVersion"?, "method", "parameters"?, "timeout"?, "client"?: {"name", "version"}, "transport":
 *       {"http": {"endpoint": {"uri", "authentication"?}, "headers"?}} or
 *       {"stdio": {"command", "arguments"?, "environment"?}}}
 * a2a: {"method", "parameters"?, "server": {"uri", "authentication"?} or "agentCard": {"name"?, "endpoint"}}
 * }</pre>
 */
record RpcCalls(Expressions expressions, Endpoints endpoints) {
    private static final List<String> MCP_METHODS = List.of(
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/read",
            "resources/templates/list");
    private static final List<String> A2A_METHODS = List.of(
            "message/send",
            "message/stream",
            "tasks/get",
            "tasks/list",
            "tasks/cancel",
            "tasks/resubscribe",
            "tasks/pushNotificationConfig/set",
            "tasks/pushNotificationConfig/get",
            "tasks/pushNotificationConfig/list",
            "tasks/pushNotificationConfig/delete",
            "agent/getAuthenticatedExtendedCard");

    Template mcp(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with method and transport");
        fields.belongUnder("transport", "http", "stdio");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.optional("protocolVersion").ifPresent(each -> members.put("protocolVersion", text(each, names)));
        method(fields, MCP_METHODS, members);
        fields.optional("parameters")
                .ifPresent(each ->
                        members.put("parameters", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.optional("timeout")
                .flatMap(DurationReader::known)
                .ifPresent(each -> members.put("timeout", constant(each.toString())));
        fields.optional("client").ifPresent(each -> members.put("client", client(each, names)));
        fields.required("transport", "how to reach the server")
                .ifPresent(each -> members.put("transport", transport(each, names)));
        fields.finish();
        return Template.object(members);
    }

    private Template client(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with name and version");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("name", "of the client").ifPresent(each -> members.put("name", text(each, names)));
        fields.required("version", "of the client").ifPresent(each -> members.put("version", text(each, names)));
        fields.finish();
        return Template.object(members);
    }

    private Template transport(Part part, VisibleNames names) {
        String expected = "an object with one of http and stdio";
        Fields fields = part.fields(expected);
        fields.belongUnder("http", "endpoint", "headers");
        fields.belongUnder("stdio", "command", "arguments", "environment");
        Map<String, Template> members = new LinkedHashMap<>();
        Optional<Part> http = fields.optional("http");
        Optional<Part> stdio = fields.optional("stdio");
        fields.optional("options").ifPresent(each -> each.fields("an object"));
        http.ifPresent(each -> members.put("http", http(each, names)));
        stdio.ifPresent(each -> members.put("stdio", stdio(each, names)));
        exactlyOne(part, expected, http, stdio);
        fields.finish();
        return Template.object(members);
    }

    private static void exactlyOne(Part part, String expected, Optional<Part> first, Optional<Part> second) {
        if (first.isPresent() == second.isPresent() && part.value().isObject()) {
            part.report()
                    .errorAtKey(
                            part.pointer(),
                            first.isPresent() ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_PROPERTY,
                            "Expected " + expected + ", but found " + (first.isPresent() ? "both" : "neither"));
        }
    }

    private Template http(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with endpoint");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("endpoint", "of the server")
                .ifPresent(each -> members.put("endpoint", endpoints.read(each, names)));
        fields.optional("headers")
                .ifPresent(
                        each -> members.put("headers", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.finish();
        return Template.object(members);
    }

    private Template stdio(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with command");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("command", "that starts the server")
                .ifPresent(each -> members.put("command", text(each, names)));
        fields.optional("arguments").ifPresent(each -> {
            each.items("a list of texts");
            members.put("arguments", expressions.value(each, names, Moment.CONNECTOR));
        });
        fields.optional("environment")
                .ifPresent(each ->
                        members.put("environment", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.finish();
        return Template.object(members);
    }

    Template a2a(Part part, VisibleNames names) {
        String expected = "an object with method, and agentCard or server";
        Fields fields = part.fields(expected);
        Map<String, Template> members = new LinkedHashMap<>();
        method(fields, A2A_METHODS, members);
        Optional<Part> card = fields.optional("agentCard");
        Optional<Part> server = fields.optional("server");
        card.ifPresent(each -> members.put("agentCard", endpoints.resource(each, names)));
        server.ifPresent(each -> members.put("server", endpoints.read(each, names)));
        fields.optional("parameters")
                .ifPresent(each ->
                        members.put("parameters", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        if (card.isEmpty() && server.isEmpty()) {
            exactlyOne(part, "agentCard or server, which say where the agent is", card, server);
        }
        fields.finish();
        return Template.object(members);
    }

    private static void method(Fields fields, List<String> methods, Map<String, Template> members) {
        fields.required("method", "to call, " + methods.getFirst() + " for example")
                .flatMap(each -> each.word(methods))
                .ifPresent(word -> members.put("method", constant(word)));
    }

    private Template text(Part part, VisibleNames names) {
        part.text("a text, or an expression in ${ }");
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    private static Template constant(String text) {
        return Template.constant(Json.NODES.textNode(text));
    }
}
