package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the arguments of the calls that connectors serve. Whatever form the author chose, a connector gets one:
 *
 * <pre>{@code
 * http:    {"method", "endpoint": {"uri", "authentication"?}, "headers"?, "query"?, "body"?, "output", "redirect"}
 * openapi: {"document": {"name"?, "endpoint": {"uri", "authentication"?}}, "operationId", "parameters",
 *           "authentication"?, "output", "redirect"}
 * grpc:    {@link GrpcCall}
 * mcp, a2a: {@link RpcCalls}
 * asyncapi: {@link AsyncApiCall}
 * }</pre>
 *
 * inside of what {@link DeferredValues} describes.
 */
final class ConnectorCalls {
    static final Set<String> PROTOCOLS = Set.of("a2a", "asyncapi", "grpc", "http", "mcp", "openapi");

    private static final String EXPRESSION_OR_OBJECT = "an object, or an expression in ${ }";
    private static final List<String> OUTPUTS = List.of("content", "raw", "response");

    private final Expressions expressions;
    private final Authentications authentications;
    private final Endpoints endpoints;

    ConnectorCalls(Expressions expressions, Definitions definitions) {
        this.expressions = expressions;
        this.authentications = new Authentications(expressions, definitions);
        this.endpoints = new Endpoints(expressions, authentications);
    }

    Authentications authentications() {
        return authentications;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Template arguments(String protocol, Fields task, VisibleNames names) {
        Optional<Part> with = task.required("with", "the arguments of the call");
        if (with.isEmpty()) {
            return Template.of(ExpressionCompiler.NULL);
        }
        return DeferredValues.arguments(
                switch (protocol) {
                    case "http" -> http(with.get(), names);
                    case "openapi" -> openapi(with.get(), names);
                    case "grpc" ->
                        new GrpcCall(expressions, authentications, endpoints)
                                .read(with.get(), task.optional("metadata"), names);
                    case "asyncapi" ->
                        new AsyncApiCall(expressions, authentications, endpoints).read(with.get(), names);
                    case "mcp" -> new RpcCalls(expressions, endpoints).mcp(with.get(), names);
                    case "a2a" -> new RpcCalls(expressions, endpoints).a2a(with.get(), names);
                    default -> throw new IllegalArgumentException(protocol);
                });
    }

    private Template http(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with method and endpoint");
        fields.belongUnder("endpoint", "uri", "authentication");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("method", "of HTTP, get for example")
                .ifPresent(each -> members.put("method", HttpMethod.read(each, expressions, names)));
        fields.required("endpoint", "where to call")
                .ifPresent(each -> members.put("endpoint", endpoints.read(each, names)));
        fields.optional("headers").ifPresent(each -> members.put("headers", texts(each, names, true)));
        fields.optional("query").ifPresent(each -> members.put("query", texts(each, names, false)));
        fields.optional("body")
                .ifPresent(each -> members.put("body", expressions.value(each, names, Moment.AUTHORIZED_CALL)));
        readResult(fields, members);
        fields.finish();
        return Template.object(members);
    }

    private Template openapi(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with document and operationId");
        fields.belongUnder("document", "endpoint");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("document", "where the OpenAPI document is")
                .ifPresent(each -> members.put("document", endpoints.resource(each, names)));
        fields.required("operationId", "which says what to call")
                .filter(each -> each.text("a text with the id of an operation").isPresent())
                .ifPresent(each -> members.put("operationId", expressions.value(each, names, Moment.CONNECTOR)));
        members.put(
                "parameters",
                fields.optional("parameters")
                        .map(each -> expressions.objectOrExpression(each, names, Moment.AUTHORIZED_CALL))
                        .orElse(Template.object(Map.of())));
        fields.optional("authentication")
                .flatMap(each -> authentications.read(each, names))
                .ifPresent(each -> members.put("authentication", each));
        readResult(fields, members);
        fields.finish();
        return Template.object(members);
    }

    private static void readResult(Fields fields, Map<String, Template> members) {
        String output =
                fields.optional("output").flatMap(each -> each.word(OUTPUTS)).orElse("content");
        boolean redirect = fields.optional("redirect")
                .flatMap(each -> each.truth("true or false"))
                .orElse(false);
        members.put("output", Template.constant(Json.NODES.textNode(output)));
        members.put("redirect", Template.constant(Json.NODES.booleanNode(redirect)));
    }

    /** Headers are texts; of a query whole lists and numbers have a meaning as well. */
    private Template texts(Part part, VisibleNames names, boolean onlyTexts) {
        if (part.value().isObject()) {
            for (String name : part.fields(EXPRESSION_OR_OBJECT).names()) {
                Part member = part.member(name);
                if (onlyTexts) {
                    member.text("a text");
                } else if (member.value().isObject()) {
                    member.wrongType("a text, a number, true, false, or a list of them");
                }
            }
        }
        return expressions.objectOrExpression(part, names, Moment.AUTHORIZED_CALL);
    }
}
