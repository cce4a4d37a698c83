package io.orquestrax.server.connector.asyncapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.HoldingWork;
import io.orquestrax.server.connector.ResultHolder;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Destinations;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code call: asyncapi} (DSL reference, AsyncAPI Call; AsyncAPI 2.x and 3.x). */
public final class AsyncApiConnector implements HoldingWork {
    public static final String TYPE = "asyncapi";

    private static final Logger LOG = LoggerFactory.getLogger(AsyncApiConnector.class);

    private static final String RESTRICTED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

    static {
        allowHost();
    }

    private final Resources resources;
    private final AsyncApiLimits limits;
    private final InstantSource clock;
    private final Guarded guarded;
    private final KeptFeeds kept = new KeptFeeds();
    private final SSLContext tls;

    public AsyncApiConnector(
            Resources resources,
            Destinations destinations,
            SSLContext tls,
            AsyncApiLimits limits,
            InstantSource clock) {
        this.tls = tls;
        this.guarded = new Guarded(destinations);
        this.resources = resources;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * For WebSockets, whose client connects to the address that was checked, and so must be told the host's name beside it.
     * The JDK looks once whether it may be, so this comes before anybody else in the process uses its client.
     */
    private static void allowHost() {
        String allowed = System.getProperty(RESTRICTED_HEADERS, "");
        if (Arrays.stream(allowed.split(",")).noneMatch("host"::equalsIgnoreCase)) {
            System.setProperty(RESTRICTED_HEADERS, allowed.isEmpty() ? "host" : allowed + ",host");
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Authorization authorization(JsonNode with, CallSecrets secrets)
            throws ConnectorFailure, InterruptedException {
        return resources.authentications().of(with.path("authentication"), secrets);
    }

    @Override
    public JsonNode perform(
            JsonNode with, CallSecrets secrets, String idempotencyKey, Consumer<JsonNode> progress, ResultHolder holder)
            throws ConnectorFailure, InterruptedException {
        Target target =
                document(with.path("document").path("endpoint"), secrets).target(with);
        JsonNode place = with.path("subscription").path("foreach");
        Broker.Call call = new Broker.Call(
                new Login(authorization(with, secrets)),
                secrets,
                place.isObject() ? key(idempotencyKey, place) : idempotencyKey,
                Consumption.most(with.path("subscription"), limits));
        if (with.has("message")) {
            broker(target).publish(target, Message.of(with.path("message"), idempotencyKey), call);
            return with.path("message");
        }
        if (!holder.canHold()) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Subscription not supported here",
                    "Expected subscriptions to be executed where it is told when a result is durable, but here it is"
                            + " not.");
        }
        Consumption consumption = new Consumption(
                with.path("subscription"),
                limits,
                clock,
                count -> progress.accept(Json.NODES
                        .objectNode()
                        .put("message", "Listening to " + target + ": " + count + " messages so far")));
        return place.isObject()
                ? some(target, call, consumption, holder)
                : consumed(target, broker(target).subscribe(target, call), consumption, holder);
    }

    /** The same over all jobs of the subscription, each of which is an activation of its own. */
    private static String key(String keyOfJob, JsonNode place) {
        return keyOfJob.substring(0, keyOfJob.lastIndexOf('.') + 1)
                + place.path("activation").asText();
    }

    /** With the connection that the job before left, if it is still good. */
    private JsonNode some(Target target, Broker.Call call, Consumption consumption, ResultHolder holder)
            throws ConnectorFailure, InterruptedException {
        Optional<Feed> left = kept.take(call.key());
        if (left.isPresent()) {
            try {
                return some(target, call, left.get(), consumption, holder);
            } catch (ConnectorFailure broken) {
                LOG.debug("A subscription to {} connects again: {}", target, broken.getMessage());
            }
        }
        return some(target, call, broker(target).subscribe(target, call), consumption, holder);
    }

    private JsonNode some(Target target, Broker.Call call, Feed feed, Consumption consumption, ResultHolder holder)
            throws ConnectorFailure, InterruptedException {
        boolean isHeld = false;
        try {
            JsonNode messages = consumption.some(feed);
            boolean isOver = messages.path("over").asBoolean();
            holder.hold(isOver ? new Taken(target, feed) : kept.holding(call.key(), target, feed));
            isHeld = true;
            return messages;
        } finally {
            if (!isHeld) {
                feed.close();
            }
        }
    }

    /** What was consumed is settled when the result is durable, and comes again otherwise. */
    private static JsonNode consumed(Target target, Feed feed, Consumption consumption, ResultHolder holder)
            throws ConnectorFailure, InterruptedException {
        boolean isHeld = false;
        try {
            JsonNode messages = consumption.of(feed);
            holder.hold(new Taken(target, feed));
            isHeld = true;
            return messages;
        } finally {
            if (!isHeld) {
                feed.close();
            }
        }
    }

    /** Made for each call, so that a client is loaded where its protocol is spoken. */
    private Broker broker(Target target) {
        return switch (target.protocol()) {
            case AMQP -> new AmqpBroker(guarded, tls, limits);
            case HTTP -> new HttpBroker(resources.caller(), limits.timeout());
            case KAFKA -> new KafkaBroker(guarded, tls, limits);
            case MQTT -> new MqttBroker(guarded, tls, limits.timeout());
            case NATS -> new NatsBroker(guarded, tls, limits.timeout());
            case WS -> new WebSocketBroker(guarded, tls, limits);
        };
    }

    @Override
    public void close() {
        kept.close();
    }

    private AsyncDocument document(JsonNode place, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        Endpoint endpoint = Endpoint.read(place, "the endpoint of document");
        Authorization authorization = resources.authentications().of(endpoint.authentication(), secrets);
        String text = resources.read(endpoint.uri(), authorization, secrets, limits.documentMaxBytes());
        JsonNode root = parsed(text);
        if (!root.path("asyncapi").asText().matches("[23]\\..*")) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid document",
                    "Expected an AsyncAPI document of version 2 or 3 at " + endpoint.uri() + ", but it is none.");
        }
        return new AsyncDocument(endpoint.uri(), root);
    }

    private static JsonNode parsed(String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return Json.read(text);
            } catch (JsonProcessingException noJson) {
                return Json.NODES.missingNode();
            }
        }
        return DocumentReader.read(text)
                .document()
                .map(document -> document.root())
                .orElse(Json.NODES.missingNode());
    }
}
