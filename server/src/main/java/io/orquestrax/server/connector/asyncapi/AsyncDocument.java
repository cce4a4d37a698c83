package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An AsyncAPI document, 2.x or 3.x, and what a call needs of it. */
record AsyncDocument(URI source, JsonNode root) {
    private static final int MAX_REFERENCES = 20;

    /** A channel with its address, and the operation on it that is meant. */
    private record Place(String address, JsonNode channel, JsonNode operation) {}

    /**
     * @param with of the call
     * @throws ConnectorFailure configuration, where the document has no such thing
     */
    Target target(JsonNode with) throws ConnectorFailure {
        Place place = isThree() ? placeOfThree(with) : placeOfTwo(with);
        JsonNode server = server(place, with);
        String protocolName = server.path("protocol").asText();
        Protocol protocol = Protocol.of(protocolName)
                .orElseThrow(() -> invalid("Expected a server with one of the protocols that are supported, "
                        + supported() + ", but it has " + protocolName));
        JsonNode bindings = bindings(place.operation(), protocol);
        URI uri = uri(server, with.path("server").path("variables"), protocolName);
        if (place.address().contains("{")) {
            throw invalid("Expected a channel whose address has no parameters, but it is " + place.address());
        }
        return new Target(
                protocol,
                Protocol.isTls(protocolName),
                uri,
                place.address(),
                bindings,
                bindings(place.channel(), protocol),
                logins(server));
    }

    private JsonNode bindings(JsonNode of, Protocol protocol) throws ConnectorFailure {
        return resolved(resolved(of.path("bindings")).path(protocol.word()));
    }

    /** The types of the security schemes that the server names: schemes of their own in 3.x, names of them in 2.x. */
    private List<String> logins(JsonNode server) throws ConnectorFailure {
        List<String> types = new ArrayList<>();
        for (JsonNode each : server.path("security")) {
            JsonNode scheme = resolved(each);
            if (isThree()) {
                types.add(scheme.path("type").asText());
            } else {
                for (Map.Entry<String, JsonNode> named : scheme.properties()) {
                    types.add(resolved(root.path("components")
                                    .path("securitySchemes")
                                    .path(named.getKey()))
                            .path("type")
                            .asText());
                }
            }
        }
        return types;
    }

    private boolean isThree() {
        return root.path("asyncapi").asText().startsWith("3.");
    }

    private Place placeOfTwo(JsonNode with) throws ConnectorFailure {
        boolean isSending = with.has("message");
        String wanted = with.path("operation").asText();
        for (Map.Entry<String, JsonNode> each : root.path("channels").properties()) {
            JsonNode channel = resolved(each.getValue());
            // What others publish is what a client receives; either word is used for either side.
            JsonNode first = channel.path(isSending ? "publish" : "subscribe");
            JsonNode second = channel.path(isSending ? "subscribe" : "publish");
            if (each.getKey().equals(with.path("channel").asText())) {
                return new Place(each.getKey(), channel, first.isObject() ? first : second);
            }
            for (JsonNode operation : List.of(first, second)) {
                if (with.has("operation")
                        && operation.path("operationId").asText().equals(wanted)) {
                    return new Place(each.getKey(), channel, operation);
                }
            }
        }
        throw missing(with);
    }

    private Place placeOfThree(JsonNode with) throws ConnectorFailure {
        if (with.has("operation")) {
            JsonNode operation =
                    resolved(root.path("operations").path(with.path("operation").asText()));
            if (operation.isMissingNode()) {
                throw missing(with);
            }
            JsonNode channel = resolved(operation.path("channel"));
            return new Place(channel.path("address").asText(), channel, operation);
        }
        String wanted = with.path("channel").asText();
        for (Map.Entry<String, JsonNode> each : root.path("channels").properties()) {
            JsonNode channel = resolved(each.getValue());
            if (each.getKey().equals(wanted) || channel.path("address").asText().equals(wanted)) {
                return new Place(channel.path("address").asText(), channel, channel);
            }
        }
        throw missing(with);
    }

    private ConnectorFailure missing(JsonNode with) {
        return invalid(
                with.has("operation")
                        ? "Expected an operation \"" + with.path("operation").asText() + "\", but there is none"
                        : "Expected a channel \"" + with.path("channel").asText() + "\", but there is none");
    }

    private JsonNode server(Place place, JsonNode with) throws ConnectorFailure {
        List<JsonNode> candidates = new ArrayList<>();
        String name = with.path("server").path("name").asText();
        if (!name.isEmpty()) {
            candidates.add(resolved(root.path("servers").path(name)));
        } else {
            JsonNode own = place.channel().path("servers");
            for (JsonNode each : own) {
                candidates.add(resolved(each.isTextual() ? root.path("servers").path(each.asText()) : each));
            }
            if (own.isEmpty()) {
                for (JsonNode each : root.path("servers")) {
                    candidates.add(resolved(each));
                }
            }
        }
        Optional<Protocol> asked = Protocol.of(with.path("protocol").asText());
        for (JsonNode each : candidates) {
            Optional<Protocol> spoken = Protocol.of(each.path("protocol").asText());
            boolean fits = with.has("protocol") ? asked.isPresent() && spoken.equals(asked) : spoken.isPresent();
            if (fits) {
                return each;
            }
        }
        throw invalid("Expected a server" + (name.isEmpty() ? "" : " \"" + name + "\"")
                + (with.has("protocol")
                        ? " that speaks " + with.path("protocol").asText()
                        : "")
                + ", with one of the protocols that are supported, " + supported() + ", but there is none");
    }

    private static String supported() {
        List<String> words = new ArrayList<>();
        for (Protocol each : Protocol.values()) {
            words.add(each.word());
        }
        return String.join(", ", words);
    }

    private URI uri(JsonNode server, JsonNode given, String protocol) throws ConnectorFailure {
        String text = isThree()
                ? protocol + "://" + server.path("host").asText()
                        + server.path("pathname").asText()
                : server.path("url").asText();
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            String value = given.has(variable.getKey())
                    ? given.path(variable.getKey()).asText()
                    : resolved(variable.getValue()).path("default").asText();
            text = text.replace("{" + variable.getKey() + "}", value);
        }
        try {
            URI uri = new URI(text.contains("://") ? text : protocol + "://" + text);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw invalid("Expected a server with a host and without a user name, but found " + text);
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw invalid("Expected the address of a server, but found " + text);
        }
    }

    /** What a reference inside of the document stands for. */
    private JsonNode resolved(JsonNode node) throws ConnectorFailure {
        JsonNode current = node;
        for (int followed = 0; current.path("$ref").isTextual(); followed++) {
            String reference = current.path("$ref").textValue();
            if (!reference.startsWith("#/") || followed == MAX_REFERENCES) {
                throw invalid("Expected references inside of the document, but found " + reference);
            }
            current = root.at(reference.substring(1));
        }
        return current.isNull() ? Json.NODES.missingNode() : current;
    }

    private ConnectorFailure invalid(String detail) {
        return ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "Invalid document",
                detail + ", in the AsyncAPI document at " + source + ".");
    }
}
