package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.CarriedExpression;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code call: asyncapi} (DSL reference, AsyncAPI Call). A connector gets
 *
 * <pre>{@code
 * {"document": {"name"?, "endpoint"}, "channel" or "operation", "server"?: {"name", "variables"?}, "protocol"?,
 *  "authentication"?, "message": {"payload"?, "headers"?} or
 *  "subscription": {"filter"?, "amount" or "while" or "until", "for"?}}
 * }</pre>
 *
 * where the expressions of a subscription have the form of {@link CarriedExpression}. With {@code foreach} the last is
 * {@code {"filter"?, "amount"? or "looksBack": true, "for"?, "foreach": {"activation", "since", "count"}}} instead: the
 * conditions are the engine's, and the place is that of the next message.
 */
record AsyncApiCall(Expressions expressions, Authentications authentications, Endpoints endpoints) {
    private static final List<String> PROTOCOLS = List.of(
            "amqp",
            "amqp1",
            "anypointmq",
            "googlepubsub",
            "http",
            "ibmmq",
            "jms",
            "kafka",
            "mercure",
            "mqtt",
            "mqtt5",
            "nats",
            "pulsar",
            "redis",
            "sns",
            "solace",
            "sqs",
            "stomp",
            "ws");
    private static final int MOST = 1_000_000;

    Template read(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with document, and message or subscription");
        fields.belongUnder("message", "payload", "headers");
        fields.belongUnder("subscription", "filter", "consume", "foreach");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("document", "where the AsyncAPI document is")
                .ifPresent(each -> members.put("document", endpoints.resource(each, names)));
        Optional<Part> channel = fields.optional("channel");
        Optional<Part> operation = fields.optional("operation");
        channel.ifPresent(each -> members.put("channel", text(each, names)));
        operation.ifPresent(each -> members.put("operation", text(each, names)));
        exactlyOne(part, "channel", channel, "operation", operation);
        fields.optional("server").ifPresent(each -> members.put("server", server(each, names)));
        fields.optional("protocol")
                .flatMap(each -> each.word(PROTOCOLS))
                .ifPresent(word -> members.put("protocol", Template.constant(Json.NODES.textNode(word))));
        Optional<Part> message = fields.optional("message");
        Optional<Part> subscription = fields.optional("subscription");
        message.ifPresent(each -> members.put("message", message(each, names)));
        subscription.ifPresent(each -> members.put("subscription", subscription(each, names)));
        exactlyOne(part, "message", message, "subscription", subscription);
        fields.optional("authentication")
                .flatMap(each -> authentications.read(each, names))
                .ifPresent(each -> members.put("authentication", each));
        fields.finish();
        return Template.object(members);
    }

    private static void exactlyOne(
            Part part, String first, Optional<Part> found, String second, Optional<Part> otherFound) {
        if (found.isPresent() != otherFound.isPresent() || !part.value().isObject()) {
            return;
        }
        part.report()
                .errorAtKey(
                        part.pointer(),
                        found.isPresent() ? ProblemCode.INVALID_VALUE : ProblemCode.MISSING_PROPERTY,
                        "Expected either \"" + first + "\" or \"" + second + "\", but found "
                                + (found.isPresent() ? "both" : "neither"));
    }

    private Template server(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with name");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.required("name", "of a server of the document")
                .ifPresent(each -> members.put("name", text(each, names)));
        fields.optional("variables")
                .ifPresent(each ->
                        members.put("variables", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.finish();
        return Template.object(members);
    }

    private Template message(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with payload or headers");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.optional("payload").ifPresent(each -> members.put("payload", value(each, names)));
        fields.optional("headers")
                .ifPresent(
                        each -> members.put("headers", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.finish();
        return Template.object(members);
    }

    private Template subscription(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with consume");
        fields.belongUnder("consume", "amount", "while", "until", "for");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.optional("filter").ifPresent(each -> members.put("filter", carried(each, names)));
        boolean isForeach = fields.optional("foreach").isPresent();
        fields.required("consume", "how much is consumed").ifPresent(each -> consume(each, isForeach, members, names));
        fields.finish();
        return Template.object(members);
    }

    private void consume(Part part, boolean isForeach, Map<String, Template> members, VisibleNames names) {
        String expected = "an object with one of amount, while and until";
        Fields fields = part.fields(expected);
        List<String> forms = fields.names().stream()
                .filter(List.of("amount", "while", "until")::contains)
                .toList();
        fields.optional("amount")
                .ifPresent(each -> each.integer("a whole number from 1 to " + MOST, 1, MOST)
                        .ifPresent(amount -> members.put("amount", Template.constant(Json.NODES.numberNode(amount)))));
        for (String condition : List.of("while", "until")) {
            fields.optional(condition)
                    .ifPresent(each -> members.put(
                            isForeach ? "looksBack" : condition,
                            isForeach ? Template.constant(Json.NODES.booleanNode(true)) : carried(each, names)));
        }
        fields.optional("for")
                .flatMap(DurationReader::known)
                .ifPresent(each -> members.put("for", Template.constant(Json.NODES.textNode(each.toString()))));
        fields.finish();
        if (forms.size() != 1 && fields.isReadable()) {
            part.invalid("Expected " + expected + ", but found "
                    + (forms.isEmpty() ? "none of them" : String.join(" and ", forms)));
        }
    }

    private Template carried(Part part, VisibleNames names) {
        return CarriedExpression.template(expressions.always(part, names, Moment.DEFINITION));
    }

    private Template text(Part part, VisibleNames names) {
        part.text("a text, or an expression in ${ }");
        return value(part, names);
    }

    private Template value(Part part, VisibleNames names) {
        return expressions.value(part, names, Moment.CONNECTOR);
    }
}
