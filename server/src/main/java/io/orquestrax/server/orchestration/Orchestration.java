package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.job.WorkerView;
import io.orquestrax.server.partition.InstanceHistory;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.Page;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceFilter;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one application service behind every door: REST, gRPC and the dashboard translate to it and back.
 *
 * <p>What reads the database blocks, and is called on virtual threads; what changes an instance, or waits for one,
 * answers with a future. Both fail with {@link ServiceException} for what the caller caused.
 */
public final class Orchestration {
    private static final Logger LOG = LoggerFactory.getLogger(Orchestration.class);
    private static final int MAX_PAGE = 1000;

    private final OrchestrationParts parts;
    private final DefinitionService definitions;
    private final InstanceStarter starter;
    private final ScheduleService schedules;
    private final CloseWaiter waiter;
    private final LiveActivations activations;
    private final InstanceRetries retries;

    public Orchestration(OrchestrationParts parts) {
        this.parts = parts;
        this.definitions = new DefinitionService(
                parts.definitions(),
                parts.schedules(),
                new DocumentChecks(
                        parts.compiler(),
                        parts.resources(),
                        parts.definitions(),
                        new ConnectorChecks(
                                parts.refusedConnectors(),
                                type -> parts.dispatcher().workforce().hasWorkerFor(type))),
                parts.plans(),
                parts.lookup(),
                parts.clock());
        this.starter = new InstanceStarter(
                definitions,
                parts.keys(),
                parts.instances(),
                parts.ids(),
                new StartLimits(parts.maxPayloadBytes()),
                parts.clock());
        this.schedules = new ScheduleService(parts.schedules(), starter);
        this.waiter = new CloseWaiter(
                parts.feed(),
                id -> parts.instances().knowsAsOpen(id),
                id -> parts.queries().find(id),
                parts.blocking(),
                parts.scheduler());
        this.retries = new InstanceRetries(parts.queries(), parts.keys(), parts.blocking());
        this.activations = new LiveActivations(new InstanceHistory(parts.queries()), parts.dispatcher());
    }

    /**
     * @param source YAML or JSON in UTF-8
     */
    public Deployment deploy(Caller caller, byte[] source) {
        return read(() -> definitions.deploy(caller, source));
    }

    /** The document's problems, errors and warnings; none where it is valid. */
    public List<Problem> validate(Caller caller, byte[] source) {
        return definitions.validate(source);
    }

    public Page<StoredDefinition> definitions(
            Caller caller,
            @Nullable String namespace,
            @Nullable String name,
            int pageSize,
            @Nullable String pageToken) {
        return read(() -> parts.definitions().list(namespace, name, bounded(pageSize), pageToken));
    }

    public StoredDefinition definition(Caller caller, DefinitionId id) {
        return read(() -> definitions.find(id));
    }

    /** Of the highest version. */
    public StoredDefinition definition(Caller caller, String namespace, String name) {
        return read(() -> definitions.findHighest(namespace, name));
    }

    /**
     * Completes when the start is durable; blocks while definition and key are looked up.
     *
     * @return the new instance, or with a key the open one, or with an id the one, that the same request started before
     */
    public CompletableFuture<Started> start(Caller caller, StartRequest request) {
        return start(caller, request, Duration.ZERO);
    }

    private CompletableFuture<Started> start(Caller caller, StartRequest request, Duration wait) {
        try {
            return read(() -> starter.start(caller, request, null, wait));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** As {@link #start}, then as {@link #await}: a single call for both. */
    public CompletableFuture<InstanceRow> run(Caller caller, StartRequest request, Duration wait) {
        return waiter.await(start(caller, request, wait).thenApply(Started::instance), wait);
    }

    /** The triggers of all schedules, or of some, by namespace, name and trigger. */
    public Page<ScheduledTrigger> schedules(
            Caller caller,
            @Nullable String namespace,
            @Nullable String name,
            int pageSize,
            @Nullable String pageToken) {
        return read(() -> parts.schedules().list(namespace, name, bounded(pageSize), pageToken));
    }

    /** The triggers of one definition's schedule. */
    public List<ScheduledTrigger> schedule(Caller caller, String namespace, String name) {
        return read(() -> schedules.find(namespace, name));
    }

    /** Starts nothing more until it is resumed. */
    public List<ScheduledTrigger> pauseSchedule(Caller caller, String namespace, String name) {
        return read(() -> schedules.pause(namespace, name));
    }

    /** Goes on with what is to come; what fell into the pause is not made up for. */
    public List<ScheduledTrigger> resumeSchedule(Caller caller, String namespace, String name) {
        return read(() -> schedules.resume(namespace, name));
    }

    /** Starts an instance now, also where the schedule is paused; its times stay as they are. */
    public CompletableFuture<Started> triggerSchedule(Caller caller, String namespace, String name, JsonNode input) {
        return CompletableFuture.supplyAsync(
                        () -> read(() -> schedules.trigger(caller, namespace, name, input)), parts.blocking())
                .thenCompose(Function.identity());
    }

    /** The way of events from outside. */
    public EventService events() {
        return parts.events();
    }

    /** The default catalog. */
    public FunctionService functions() {
        return parts.functions();
    }

    /** Doors for requests from outside that become events. */
    public WebhookService webhooks() {
        return parts.webhooks();
    }

    public InstanceRow instance(Caller caller, UUID id) {
        return read(() -> parts.queries().find(id).orElseThrow(() -> CloseWaiter.notFound(id)));
    }

    public Page<InstanceRow> instances(Caller caller, InstanceFilter filter, int pageSize, @Nullable String pageToken) {
        return read(() -> parts.queries().list(filter, bounded(pageSize), pageToken));
    }

    /** How many instances are open, by status. */
    public Map<Status, Long> openCounts(Caller caller) {
        return read(parts.queries()::openCounts);
    }

    /** Events after a sequence number, in order, at most so many. */
    public List<EventRow> history(Caller caller, UUID id, long afterSequence, int limit) {
        List<EventRow> events = read(() -> parts.queries().history(id, afterSequence, bounded(limit)));
        if (events.isEmpty()) {
            instance(caller, id);
        }
        return events;
    }

    /** Sequence number of the newest event; 0 where there is no such instance. */
    public long lastSequence(Caller caller, UUID id) {
        return read(() -> parts.queries().lastSequence(id));
    }

    /**
     * The steps with their present state: the history's, and the dispatcher's knowledge of open jobs. Where there are
     * more than 10,000 events, only the steps that began among the last 10,000.
     */
    public List<Activation> activations(Caller caller, UUID id) {
        return read(() -> activations.of(id));
    }

    /**
     * Only the steps that began after an event, however long the history before it is. What these events do not tell,
     * such as the input of a step before any output, is absent.
     *
     * @param limit how many events are read
     */
    public List<Activation> activations(Caller caller, UUID id, long afterSequence, int limit) {
        return read(() -> activations.of(id, afterSequence, limit));
    }

    /** Completes when the instance closes or the wait is over, with its row at that moment; holds no thread. */
    public CompletableFuture<InstanceRow> await(Caller caller, UUID id, Duration wait) {
        return waiter.await(id, wait);
    }

    /** The node stops: whoever waits is answered now, and may go on waiting at another one. */
    public void endWaits() {
        waiter.endAll();
    }

    public CompletableFuture<InstanceRow> cancel(Caller caller, UUID id, @Nullable String reason) {
        return change(id, new Command.CancelInstance(caller.principal(), reason));
    }

    public CompletableFuture<InstanceRow> suspend(Caller caller, UUID id, @Nullable String reason) {
        return change(id, new Command.SuspendInstance(caller.principal(), reason));
    }

    public CompletableFuture<InstanceRow> resume(Caller caller, UUID id, @Nullable String reason) {
        return change(id, new Command.ResumeInstance(caller.principal(), reason));
    }

    /** Runs a faulted instance again from the task that failed; refused while another open one holds its key. */
    public CompletableFuture<InstanceRow> retry(Caller caller, UUID id, @Nullable String reason) {
        return retries.retry(id, () -> change(id, new Command.RetryInstance(caller.principal(), reason)));
    }

    /** The workers that are connected to any node. Blocks. */
    public List<WorkerView> workers(Caller caller) {
        return parts.dispatcher().workforce().workers();
    }

    public ClusterView cluster(Caller caller) {
        return parts.cluster().view();
    }

    /** As of {@link ClusterControl#drain}; answers the cluster as it is then, which may still be on the move. */
    public ClusterView drain(Caller caller, String node, boolean undo) {
        return read(() -> {
            parts.cluster().drain(node, undo);
            return parts.cluster().view();
        });
    }

    private CompletableFuture<InstanceRow> change(UUID id, Command command) {
        return parts.instances().ask(id, command).thenApply(answer -> switch (answer.reply()) {
            case Reply.Accepted() -> answer.instance().get();
            case Reply.Refused(Reply.Refusal refusal)
            when refusal == Reply.Refusal.INSTANCE_UNKNOWN -> throw CloseWaiter.notFound(id);
            case Reply.Refused(Reply.Refusal refusal) ->
                throw refused(id, refusal, answer.instance().get());
        });
    }

    private static ServiceException refused(UUID id, Reply.Refusal refusal, InstanceRow instance) {
        return switch (refusal) {
            case INSTANCE_UNKNOWN -> CloseWaiter.notFound(id);
            case INSTANCE_CLOSED -> refused(ErrorCode.INSTANCE_CLOSED, "an open instance", id, instance);
            case INSTANCE_NOT_SUSPENDED ->
                refused(ErrorCode.INSTANCE_NOT_SUSPENDED, "a suspended instance", id, instance);
            case INSTANCE_NOT_FAULTED -> refused(ErrorCode.INSTANCE_NOT_FAULTED, "a faulted instance", id, instance);
            case JOB_STALE -> refused(ErrorCode.JOB_NOT_HELD, "the present attempt of the job", id, instance);
        };
    }

    private static ServiceException refused(ErrorCode code, String expected, UUID id, InstanceRow instance) {
        return new ServiceException(
                code,
                "Expected " + expected + ", but " + id + " is "
                        + instance.status().text() + ".");
    }

    private static int bounded(int size) {
        if (size < 1 || size > MAX_PAGE) {
            throw new ServiceException(
                    ErrorCode.INVALID_REQUEST,
                    "Expected a page of 1 to " + MAX_PAGE + " entries, but " + size + " were asked for.");
        }
        return size;
    }

    /** What the database cannot do now is not the caller's mistake, but no mistake of the product either. */
    public static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidPageTokenException invalid) {
            throw new ServiceException(ErrorCode.INVALID_PAGE_TOKEN, String.valueOf(invalid.getMessage()));
        } catch (StoreException away) {
            LOG.warn("The database cannot be used", away);
            throw new ServiceException(ErrorCode.UNAVAILABLE, "The database cannot be used now; try again later.");
        }
    }
}
