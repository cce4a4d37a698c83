package io.orquestrax.server.connector.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.Metadata;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ConnectorWork;
import io.orquestrax.server.connector.http.Authentications;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Destinations;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.RequestHeaders;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.http.Trust;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code call: grpc} (DSL reference, gRPC Call). */
public final class GrpcConnector implements ConnectorWork {
    public static final String TYPE = "grpc";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    private static final int TLS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private final Authentications authentications;
    private final GrpcSender sender;
    private final ProtoDocuments documents;

    /**
     * @param version of the product, which servers are told
     */
    public GrpcConnector(
            Resources resources,
            Destinations destinations,
            Trust trust,
            GrpcLimits limits,
            InstantSource clock,
            String version) {
        this.authentications = resources.authentications();
        this.sender = new GrpcSender(destinations, limits, trust, "OrquestraX/" + version);
        this.documents = new ProtoDocuments(resources, limits.documentMaxBytes(), clock);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
            throws ConnectorFailure, InterruptedException {
        Endpoint endpoint = Endpoint.ofResource(with.path("proto").path("endpoint"), "proto/endpoint");
        JsonNode service = with.path("service");
        ProtoDocument document = documents.read(endpoint, secrets);
        MethodDescriptor method = document.method(
                service.path("name").asText(), with.path("method").asText());
        ProtoJson json = new ProtoJson(document.types());
        int port = port(service.path("port"));
        GrpcSender.Request request = new GrpcSender.Request(
                isTls(with.path("tls"), port),
                host(service.path("host")),
                port,
                method,
                messages(with.path("arguments"), method, json),
                metadata(with, idempotencyKey));
        String call = method.getFullName() + " at " + request.authority();
        List<DynamicMessage> answer = authorized(request, authorization(with, secrets), new GrpcFailures(call, json));
        return output(answer, method, json, call);
    }

    private static String host(JsonNode host) throws ConnectorFailure {
        if (!HOST.matcher(host.asText()).matches()) {
            throw InvalidProto.call("Expected the host of a service, but \"" + host.asText() + "\" is none.");
        }
        return host.asText();
    }

    private static int port(JsonNode port) throws ConnectorFailure {
        if (port.isMissingNode() || port.isNull()) {
            return -1;
        }
        if (!port.isIntegralNumber() || !port.canConvertToInt() || port.intValue() < 1 || port.intValue() > MAX_PORT) {
            throw InvalidProto.call("Expected the port of a service, from 1 to " + MAX_PORT + ", but \"" + port.asText()
                    + "\" is none.");
        }
        return port.intValue();
    }

    /** The DSL does not tell: a service has TLS on the port of HTTPS, and elsewhere where the author says so. */
    private static boolean isTls(JsonNode tls, int port) {
        return tls.isBoolean() ? tls.booleanValue() : port < 0 || port == TLS_PORT;
    }

    private static List<DynamicMessage> messages(JsonNode arguments, MethodDescriptor method, ProtoJson json)
            throws ConnectorFailure {
        JsonNode given = arguments.isMissingNode() || arguments.isNull() ? Json.NODES.objectNode() : arguments;
        if (!given.isArray()) {
            return List.of(json.message(method.getInputType(), given));
        }
        if (!method.isClientStreaming()) {
            throw InvalidProto.arguments(
                    "Expected one object as arguments of " + method.getFullName() + ", but it is a list.");
        }
        List<DynamicMessage> messages = new ArrayList<>();
        for (JsonNode each : given) {
            messages.add(json.message(method.getInputType(), each));
        }
        return messages;
    }

    @Override
    public Authorization authorization(JsonNode with, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        Authorization authorization = authentications.of(with.path("service").path("authentication"), secrets);
        if (authorization.needsChallenge()) {
            throw InvalidProto.call(
                    "Expected authentication that works without a challenge of HTTP for a gRPC call, but it is digest.");
        }
        return authorization;
    }

    /** A second time where the token was refused, and there is another one. */
    private List<DynamicMessage> authorized(
            GrpcSender.Request request, Authorization authorization, GrpcFailures failures)
            throws ConnectorFailure, InterruptedException {
        Optional<String> first =
                request.metadata().containsKey(AUTHORIZATION) ? Optional.empty() : authorization.first();
        if (first.isEmpty()) {
            return sender.send(request, failures);
        }
        try {
            return sender.send(request.with(AUTHORIZATION, first.get()), failures);
        } catch (ConnectorFailure refused) {
            Optional<String> second = GrpcFailures.isUnauthenticated(refused)
                    ? authorization.afterRefusal("POST", URI.create("https://" + request.authority()), "")
                    : Optional.empty();
            if (second.isEmpty()) {
                throw refused;
            }
            return sender.send(request.with(AUTHORIZATION, second.get()), failures);
        }
    }

    private static Metadata metadata(JsonNode with, String idempotencyKey) throws ConnectorFailure {
        Metadata metadata = new Metadata();
        for (Map.Entry<String, String> header :
                RequestHeaders.read(with.path("headers")).entrySet()) {
            put(metadata, header.getKey(), header.getValue());
        }
        if (!metadata.containsKey(key("idempotency-key"))) {
            metadata.put(key("idempotency-key"), idempotencyKey);
        }
        return metadata;
    }

    private static void put(Metadata metadata, String name, String value) throws ConnectorFailure {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("grpc-") || lower.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            throw InvalidProto.call(
                    "Expected metadata with texts, but " + name + " is binary, or belongs to the protocol.");
        }
        if (!VALUE.matcher(value).matches()) {
            throw InvalidProto.call("Expected metadata of printable ASCII, but the value of " + name + " is not.");
        }
        try {
            metadata.put(key(lower), value);
        } catch (IllegalArgumentException noKey) {
            throw InvalidProto.call(
                    "Expected the name of metadata, of letters, digits, '-', '_' and '.', but found \"" + name + "\".");
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static JsonNode output(List<DynamicMessage> answer, MethodDescriptor method, ProtoJson json, String call)
            throws ConnectorFailure {
        if (method.isServerStreaming()) {
            ArrayNode all = Json.NODES.arrayNode();
            for (DynamicMessage message : answer) {
                all.add(json.json(message));
            }
            return all;
        }
        if (answer.size() != 1) {
            throw ConnectorFailure.communication(
                    "Malformed answer",
                    "Expected " + call + " to answer with one message, but there are " + answer.size() + ".");
        }
        return json.json(answer.getFirst());
    }

    @Override
    public void close() {
        sender.close();
    }
}
