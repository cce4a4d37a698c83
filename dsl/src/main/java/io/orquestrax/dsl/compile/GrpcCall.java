package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code call: grpc} (DSL reference, gRPC Call). A connector gets
 *
 * <pre>{@code
 * {"proto": {"name"?, "endpoint": {"uri", "authentication"?}},
 *  "service": {"name", "host", "port"?, "authentication"?}, "method", "arguments"?, "tls"?, "headers"?}
 * }</pre>
 *
 * where the last two come from {@code metadata.grpc} of the task, for the DSL has no place for them.
 */
record GrpcCall(Expressions expressions, Authentications authentications, Endpoints endpoints) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final int MAX_PORT = 65_535;

    Template read(Part part, Optional<Part> metadata, VisibleNames names) {
        Fields fields = part.fields("an object with proto, service and method");
        fields.belongUnder("service", "host", "port", "authentication");
        fields.belongUnder("proto", "endpoint");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("proto", "where the document with the service is")
                .ifPresent(each -> members.put("proto", endpoints.resource(each, names)));
        fields.required("service", "which service to call, and where it is")
                .ifPresent(each -> members.put("service", service(each, names)));
        fields.required("method", "of the service, SayHello for example")
                .ifPresent(each -> members.put("method", text(each, "the name of a method", names)));
        fields.optional("arguments").ifPresent(each -> members.put("arguments", arguments(each, names)));
        fields.finish();
        metadata.filter(each -> each.value().has("grpc"))
                .ifPresent(each -> readTransport(each.member("grpc"), members, names));
        return Template.object(members);
    }

    private Template service(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with name and host");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("name", "of the service")
                .ifPresent(each -> members.put("name", text(each, "the name of a service", names)));
        fields.required("host", "where it is").ifPresent(each -> members.put("host", host(each, names)));
        fields.optional("port").ifPresent(each -> members.put("port", port(each, names)));
        fields.optional("authentication")
                .flatMap(each -> authentications.read(each, names))
                .ifPresent(each -> members.put("authentication", each));
        fields.finish();
        return Template.object(members);
    }

    private Template text(Part part, String what, VisibleNames names) {
        part.text("a text with " + what);
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    private Template host(Part part, VisibleNames names) {
        boolean isHost =
                isExpression(part) || HOST.matcher(part.value().asText()).matches();
        if (part.text("a text with a host").isPresent() && !isHost) {
            part.invalid("Expected a host such as localhost or greeter.example.com, but found " + part.found());
        }
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    private Template port(Part part, VisibleNames names) {
        if (!isExpression(part)) {
            part.integer("a port, a whole number from 1 to " + MAX_PORT, 1, MAX_PORT);
        }
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    /** One request, or for a method that takes a stream of them perhaps a list, which only an expression gives. */
    private Template arguments(Part part, VisibleNames names) {
        if (!part.value().isObject() && !isExpression(part)) {
            part.wrongType("an object, or an expression in ${ }");
        }
        Template template = expressions.value(part, names, Moment.CONNECTOR);
        return isExpression(part) ? template.map(value -> checkedRequests(part.pointer(), value)) : template;
    }

    private static JsonNode checkedRequests(String pointer, JsonNode value) {
        if (!value.isObject() && !value.isArray()) {
            throw new ExpressionException("Expected an object, or a list of them, of the expression at " + pointer
                    + ", but found " + Part.shortened(Json.write(value)));
        }
        return value;
    }

    private void readTransport(Part part, Map<String, Template> members, VisibleNames names) {
        Fields fields = part.fields("an object with tls or headers");
        fields.optional("tls")
                .flatMap(each -> each.truth("true or false"))
                .ifPresent(each -> members.put("tls", Template.constant(Json.NODES.booleanNode(each))));
        fields.optional("headers").ifPresent(each -> {
            for (String name : each.fields("an object with texts").names()) {
                each.member(name).text("a text");
            }
            members.put("headers", expressions.value(each, names, Moment.CONNECTOR));
        });
        fields.finish();
    }

    private static boolean isExpression(Part part) {
        return part.value().isTextual()
                && ExpressionSyntax.isWrapped(part.value().textValue());
    }
}
