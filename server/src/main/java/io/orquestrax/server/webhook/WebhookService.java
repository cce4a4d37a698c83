package io.orquestrax.server.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.connector.secret.SecretProvider;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Page;
import io.orquestrax.store.webhook.StoredWebhook;
import io.orquestrax.store.webhook.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps webhooks, and makes events of what is sent to them. Blocks. */
public final class WebhookService {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Webhooks webhooks;
    private final SecretProvider secrets;
    private final EventService events;
    private final Clock clock;
    private final Rates rates = new Rates();
    private final ChangeFeed changes = new ChangeFeed("webhooks");
    private final Map<String, WebhookTally> tallies = new ConcurrentHashMap<>();

    public WebhookService(Webhooks webhooks, SecretProvider secrets, EventService events, Clock clock) {
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What a request came to.
     *
     * @param challenge that the sender wants to see again before it sends anything; then there is no event
     */
    public record Received(
            EventIntake.@Nullable Accepted events, @Nullable JsonNode challenge) {}

    /** Kept, changed, removed, or sent something at this node. */
    public ChangeFeed changes() {
        return changes;
    }

    /** What came to it at this node. */
    public WebhookTally tally(String name) {
        return tallies.getOrDefault(name, WebhookTally.NOTHING);
    }

    /**
     * Makes one, or changes it.
     *
     * @return whether there was none of that name
     * @throws ServiceException {@code invalid-request}, with what is wrong
     */
    public boolean put(Caller caller, String name, JsonNode configuration) {
        if (!NAME.matcher(name).matches()) {
            throw RequestReader.invalid(
                    "Expected a name of at most 63 lower-case letters, digits and '-', but got \"" + name + "\"");
        }
        Webhook.read(name, configuration);
        boolean isNew = Orchestration.read(
                () -> webhooks.put(new StoredWebhook(name, configuration, clock.instant(), caller.principal())));
        changes.publish();
        return isNew;
    }

    /** Has it take requests, or refuse them, and leaves the rest as it is. */
    public StoredWebhook enable(Caller caller, String name, boolean enabled) {
        JsonNode configuration = find(name).configuration();
        if (Webhook.read(name, configuration).enabled() != enabled && configuration instanceof ObjectNode changed) {
            put(caller, name, changed.deepCopy().put(Webhook.ENABLED, enabled));
        }
        return find(name);
    }

    public StoredWebhook find(String name) {
        return Orchestration.read(() -> webhooks.find(name).orElseThrow(() -> notFound(name)));
    }

    public Page<StoredWebhook> list(int pageSize, @Nullable String pageToken) {
        return Orchestration.read(() -> webhooks.list(pageSize, pageToken));
    }

    /** Returns what it was. */
    public StoredWebhook remove(Caller caller, String name) {
        StoredWebhook last = find(name);
        Orchestration.read(() -> webhooks.remove(name));
        tallies.remove(name);
        changes.publish();
        return last;
    }

    /** Completes once the event is stored. */
    public CompletableFuture<Received> receive(String name, HookRequest request) {
        Webhook webhook = Webhook.read(name, find(name).configuration());
        Instant now = clock.instant();
        CompletableFuture<Received> received;
        try {
            received = taken(webhook, request, now);
        } catch (ServiceException refused) {
            count(name, tally -> tally.plusRefused(refused.detail(), now));
            throw refused;
        }
        return received.whenComplete((done, failure) -> count(name, tally -> {
            if (done == null) {
                return tally.plusRefused(reason(failure), now);
            }
            boolean isDuplicate = done.events() != null && done.events().duplicates() > 0;
            return isDuplicate ? tally.plusDuplicate(now) : tally.plusAccepted(now);
        }));
    }

    private void count(String name, UnaryOperator<WebhookTally> counted) {
        tallies.compute(name, (same, before) -> counted.apply(before == null ? WebhookTally.NOTHING : before));
        changes.publish();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ServiceException refused ? refused.detail() : "It could not be stored.";
    }

    private CompletableFuture<Received> taken(Webhook webhook, HookRequest request, Instant now) {
        check(webhook, request, now);
        if (!rates.admits(webhook.name(), webhook.perMinute(), now)) {
            throw new ServiceException(
                    ErrorCode.OVERLOADED,
                    "Expected at most " + webhook.perMinute() + " requests in a minute, but there are more; try again"
                            + " later.");
        }
        Optional<JsonNode> challenge = challenge(webhook, request);
        if (challenge.isPresent()) {
            return CompletableFuture.completedFuture(new Received(null, challenge.get()));
        }
        ObjectNode event = webhook.mapping().event(webhook.name(), webhook.verification(), request, now);
        return events.publish(event).thenApply(accepted -> new Received(accepted, null));
    }

    /**
     * Tells what a request would come to.
     *
     * @param configuration of a webhook that may not be kept yet
     * @throws ServiceException {@code invalid-request}, where the configuration is none
     */
    public WebhookPreview preview(String name, JsonNode configuration, HookRequest request) {
        Webhook webhook = Webhook.read(name, configuration);
        Instant now = clock.instant();
        String refusal = refusal(() -> check(webhook, request, now));
        if (challenge(webhook, request).isPresent()) {
            return new WebhookPreview(refusal, null, "It asks for its challenge only, which is answered.");
        }
        try {
            ObjectNode event = webhook.mapping().event(name, webhook.verification(), request, now);
            if (refusal == null) {
                refusal = refusal(() -> events.check(event));
            }
            return new WebhookPreview(refusal, event, null);
        } catch (ServiceException failed) {
            return new WebhookPreview(refusal, null, failed.detail());
        }
    }

    private static @Nullable String refusal(Runnable check) {
        try {
            check.run();
            return null;
        } catch (ServiceException refused) {
            return refused.detail();
        }
    }

    private void check(Webhook webhook, HookRequest request, Instant now) {
        if (!webhook.enabled()) {
            throw new ServiceException(
                    ErrorCode.UNAVAILABLE,
                    "Expected a webhook that takes requests, but " + webhook.name()
                            + " is disabled; nothing that is sent meanwhile is kept.");
        }
        if (request.body().length > webhook.maxBytes()) {
            throw new ServiceException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "Expected a body of at most " + webhook.maxBytes() + " bytes, but there are "
                            + request.body().length + ".");
        }
        webhook.verification().check(request, key(webhook), now);
    }

    /** Slack asks first whether the address is meant for it. */
    private static Optional<JsonNode> challenge(Webhook webhook, HookRequest request) {
        if (webhook.verification().scheme() != Verification.Scheme.SLACK) {
            return Optional.empty();
        }
        JsonNode body = request.content();
        return body.path("type").asText().equals("url_verification")
                ? Optional.of(body.path("challenge"))
                : Optional.empty();
    }

    private String key(Webhook webhook) {
        String secret = webhook.verification().secret();
        if (secret == null) {
            return "";
        }
        try {
            return secrets.find(secret)
                    .map(JsonNode::asText)
                    .filter(key -> !key.isEmpty())
                    .orElseThrow();
        } catch (RuntimeException notThere) {
            throw new ServiceException(
                    ErrorCode.UNAVAILABLE,
                    "Expected the secret that the webhook " + webhook.name()
                            + " names to be a text that this node can read, but it is not.");
        }
    }

    private static ServiceException notFound(String name) {
        return new ServiceException(
                ErrorCode.WEBHOOK_NOT_FOUND, "Expected the webhook " + name + ", but there is none.");
    }
}
