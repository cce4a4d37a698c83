package io.orquestrax.server.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.engine.Decider;
import io.orquestrax.server.cluster.ClusterSettings;
import io.orquestrax.server.cluster.Membership;
import io.orquestrax.server.cluster.NodeCard;
import io.orquestrax.server.cluster.Ownership;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterControl;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.connector.BuiltInWorker;
import io.orquestrax.server.connector.ConnectorSettings;
import io.orquestrax.server.connector.Connectors;
import io.orquestrax.server.event.CloudEventReader;
import io.orquestrax.server.event.EventDelivery;
import io.orquestrax.server.event.EventIntake;
import io.orquestrax.server.event.EventLog;
import io.orquestrax.server.event.EventOutlet;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.event.KeptEvents;
import io.orquestrax.server.event.SinkSignature;
import io.orquestrax.server.function.DefaultCatalog;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.DispatcherSettings;
import io.orquestrax.server.job.JobCounts;
import io.orquestrax.server.job.Neighbourhood;
import io.orquestrax.server.journal.BatchWriter;
import io.orquestrax.server.journal.Journal;
import io.orquestrax.server.journal.JournalLimits;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.OrchestrationParts;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.JobOutlet;
import io.orquestrax.server.partition.MemoryPolicy;
import io.orquestrax.server.partition.MessageParts;
import io.orquestrax.server.partition.MessageSweep;
import io.orquestrax.server.partition.PartitionParts;
import io.orquestrax.server.partition.Partitions;
import io.orquestrax.server.partition.PlanCache;
import io.orquestrax.server.partition.PlanLookup;
import io.orquestrax.server.partition.Rehearsal;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.server.retention.Retention;
import io.orquestrax.server.schedule.DefinitionSchedules;
import io.orquestrax.server.schedule.ScheduleRunner;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.Database;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.cloudevent.CloudEvents;
import io.orquestrax.store.cloudevent.EventQueries;
import io.orquestrax.store.cloudevent.OutgoingEvents;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.function.StoredFunctions;
import io.orquestrax.store.instance.BusinessKeys;
import io.orquestrax.store.instance.InstanceQueries;
import io.orquestrax.store.journal.JournalWriter;
import io.orquestrax.store.message.Messages;
import io.orquestrax.store.node.NodeRegister;
import io.orquestrax.store.partition.PartitionRegister;
import io.orquestrax.store.retention.InstanceRanges;
import io.orquestrax.store.schedule.Schedules;
import io.orquestrax.store.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of a node behind its doors, wired together; the one place where that happens. */
final class NodeCore {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCore.class);

    private final NodeIdentity identity;
    private final Journal journal;
    private final Partitions partitions;
    private final Rehearsal rehearsal;
    private final Duration rehearsalLimit;
    private final Dispatcher dispatcher;
    private final Ownership ownership;
    private final ScheduleRunner scheduleRunner;
    private final VirtualThreadScheduler blocking = new VirtualThreadScheduler();
    private final MessageSweep sweep;
    private final Retention retention;
    private final EventDelivery events;
    private final EventIntake intake;
    private final EventOutlet outlet;
    private final NodeReadiness readiness;
    private final NodeServices services;
    private final ClusterFeed clusterFeed = new ClusterFeed();
    private final Membership membership;
    private final NodeLinks links;
    private String peerAddress = "";
    private final Connectors connectors;
    private final @Nullable BuiltInWorker builtIn;

    NodeCore(Settings settings, Database database, Clock clock) {
        this(settings, database, clock, MemoryPolicy.KEEP_BUSY);
    }

    NodeCore(Settings settings, Database database, Clock clock, MemoryPolicy memory) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        identity = NodeIdentity.startedAt(clock.instant());
        ConnectorSettings connecting = ConnectorSettings.of(settings);
        connectors = Connectors.of(connecting, System.getenv(), identity.version());
        PartitionRegister register = new PartitionRegister(database);
        int partitionCount = partitionCount(register, settings);
        DocumentCompiler compiler = new DocumentCompiler();
        Definitions definitions = new Definitions(database);
        InstanceQueries queries = new InstanceQueries(database);
        PlanCache plans = new PlanCache(definitions, compiler, settings.get(SettingCatalog.PLAN_CACHE));
        PlanLookup lookup = new PlanLookup(definitions, plans, clock);
        Messages messages = new Messages(database);
        UuidSequence ids = new UuidSequence(clock);
        KeptEvents keptEvents =
                new KeptEvents(new CloudEvents(database), settings.get(SettingCatalog.EVENTS_KEPT), clock);
        CommitFeed feed = new CommitFeed();
        WorkFeed work = new WorkFeed();
        ChangeFeed scheduleFeed = new ChangeFeed("schedules");
        ChangeFeed eventFeed = new ChangeFeed("events");

        ClusterSettings clustering = ClusterSettings.of(settings);
        membership = new Membership(
                database,
                new NodeCard(identity.id(), identity.version(), NodeCard.LEVEL, identity.startedAt()),
                clustering,
                partitionCount,
                this::load,
                clusterFeed);
        links = new NodeLinks(settings, identity, membership, blocking);

        JournalLimits journalLimits = journalLimits(settings);
        List<JournalWriter> writers = Stream.generate(() -> new JournalWriter(database))
                .limit(journalLimits.lanes())
                .toList();
        journal = new Journal(lane -> BatchWriter.of(writers.get(lane)), journalLimits, this::fenced, meters);
        PartitionParts parts = new PartitionParts(
                memory == MemoryPolicy.FORGET_ALL
                        ? Decider.rebuilding(identity.version())
                        : new Decider(identity.version()),
                plans,
                queries,
                journal,
                feed,
                new MessageParts(
                        messages,
                        lookup,
                        keptEvents,
                        ids,
                        settings.get(SettingCatalog.EVENTS_SINKS),
                        settings.get(SettingCatalog.EVENTS_LIFECYCLE)),
                memory,
                this::holdsLease,
                clock,
                settings.get(SettingCatalog.PARTITION_QUEUE),
                settings.get(SettingCatalog.START_PATIENCE),
                settings.get(SettingCatalog.SNAPSHOT_INTERVAL),
                settings.get(SettingCatalog.RECOVERY_PARALLELISM));
        partitions = new Partitions(partitionCount, parts, meters);
        rehearsal =
                new Rehearsal(partitionCount, parts, lane -> BatchWriter.rehearsing(writers.get(lane)), journalLimits);
        rehearsalLimit = settings.get(SettingCatalog.CLUSTER_REHEARSAL);
        InstanceGateway instances = links.gateway(partitions, queries);
        MessageCourier courier = links.courier(partitions);
        links.relay(feed, partitions, queries);
        links.relaySchedules(scheduleFeed);
        links.relayEvents(eventFeed);
        links.relayDeployments(lookup);
        dispatcher = new Dispatcher(
                instances,
                clock,
                dispatcherSettings(settings),
                work,
                new Neighbourhood(links.peers(), membership, partitions, partitions::isServing));
        links.answer(partitions, plans, lookup, feed, dispatcher);
        JobOutlet jobs = JobOutlet.of(dispatcher);
        DefinitionSchedules schedules = new DefinitionSchedules(new Schedules(database), clock, scheduleFeed);
        scheduleRunner = schedules.runner(ids, partitions, this::holdsLease, courier);
        events = new EventDelivery(
                database,
                partitions,
                courier,
                schedules.eventTriggers(ids, partitions, lookup),
                ids,
                keptEvents,
                settings.get(SettingCatalog.EVENTS_KEPT),
                eventFeed,
                clock);
        outlet = new EventOutlet(
                settings.get(SettingCatalog.EVENTS_SINKS),
                new OutgoingEvents(database),
                partitions::serving,
                new SinkSignature(connectors.secrets(), settings.get(SettingCatalog.EVENTS_SINKS_SECRET), clock),
                meters);
        intake = new EventIntake(new CloudEvents(database), events::wake, clock);
        partitions.open(
                jobs,
                courier,
                consequences -> {
                    events.committed(consequences);
                    if (!consequences.outgoing().isEmpty()) {
                        outlet.wake();
                    }
                    if (!consequences.reports().isEmpty()) {
                        schedules.changed();
                    }
                },
                this::onServing);
        sweep = new MessageSweep(messages, partitions, clock);
        retention = new Retention(new InstanceRanges(database), settings.get(SettingCatalog.RETENTION), clock);
        ownership =
                new Ownership(membership, identity.id(), register, clustering.staleAfter(), partitions, journal, jobs);
        readiness = new NodeReadiness(ownership, membership);
        StoredFunctions functions = new StoredFunctions(database);
        EventService eventService = new EventService(
                new CloudEventReader(settings.payloadMaxBytes()),
                intake,
                new EventLog(new EventQueries(database), settings.get(SettingCatalog.EVENTS_KEPT), clock));
        Orchestration orchestration = new Orchestration(new OrchestrationParts(
                compiler,
                new DefaultCatalog(functions, connectors.resources()),
                connecting.refused(),
                definitions,
                schedules,
                plans,
                lookup,
                queries,
                new BusinessKeys(database),
                instances,
                dispatcher,
                feed,
                new RosterControl(membership, new NodeRegister(database), clustering.staleAfter()),
                eventService,
                new FunctionService(functions, definitions, compiler, clock),
                new WebhookService(new Webhooks(database), connectors.secrets(), eventService, clock),
                ids,
                clock,
                settings.payloadMaxBytes(),
                blocking,
                blocking));
        services = new NodeServices(
                orchestration,
                dispatcher,
                feed,
                work,
                scheduleFeed,
                eventFeed,
                clusterFeed,
                readiness,
                meters,
                settings);
        builtIn = connectors.all().isEmpty() ? null : builtIn(connecting, clock);
    }

    private BuiltInWorker builtIn(ConnectorSettings settings, Clock clock) {
        return new BuiltInWorker(
                dispatcher, connectors.all(), settings.capacity(), identity.id(), identity.version(), clock);
    }

    NodeServices services() {
        return services;
    }

    Partitions partitions() {
        return partitions;
    }

    NodeIdentity identity() {
        return identity;
    }

    VirtualThreadScheduler blocking() {
        return blocking;
    }

    /**
     * Joins the cluster; partitions are claimed once the node can be reached, and recover in the background.
     *
     * @throws io.orquestrax.server.settings.InvalidSettingException if the database belongs to another cluster
     * @throws io.orquestrax.server.cluster.IncompatibleNodeException if a living node is too old or too new
     */
    void join() {
        peerAddress = links.open();
        membership.join();
        ownership.begin();
        scheduleRunner.start();
        sweep.begin(blocking);
        retention.begin(blocking);
        events.begin();
        intake.begin();
        outlet.begin();
    }

    private boolean holdsLease() {
        return membership.holdsLease();
    }

    private void fenced(Set<Integer> lost) {
        ownership.look();
    }

    /** What the partition's last owner left behind waits for nobody to tell of it. */
    private void onServing() {
        ownership.look();
        events.look();
        outlet.wake();
    }

    Membership membership() {
        return membership;
    }

    /** What is known of the other nodes. */
    RosterSource roster() {
        return membership;
    }

    /**
     * Before the node takes partitions, where others have them meanwhile.
     *
     * @return how many instances of the rehearsal came to their end; 0 where it need not rehearse
     */
    int rehearse() {
        List<Integer> coming = ownership.coming();
        return coming.isEmpty() || !rehearsalLimit.isPositive()
                ? 0
                : rehearsal.play(
                        coming, rehearsalLimit, () -> !ownership.coming().isEmpty());
    }

    /**
     * From now on the node can be reached, and takes partitions.
     *
     * @param apiAddress host:port for clients and workers
     */
    void reachableAt(String apiAddress) {
        membership.serve(peerAddress, apiAddress);
    }

    /** Completes when the node serves what it should. */
    CompletableFuture<Boolean> served() {
        return ownership.settled();
    }

    void notReady() {
        readiness.stopping();
        if (builtIn != null) {
            builtIn.drain();
        }
        dispatcher.leave();
    }

    /** Gives its partitions to other nodes, where there are some, while it still answers. */
    void leave(Duration limit) {
        try {
            membership.leave();
            if (!ownership.awaitEmpty(limit)) {
                LOG.debug("Not all partitions were given away");
            }
        } catch (StoreException away) {
            LOG.warn("The partitions could not be given away; the others see that the node is gone", away);
        }
    }

    /** Decides and writes what was accepted, then gives up the partitions that it still has. */
    void stop(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        scheduleRunner.close();
        if (builtIn != null) {
            builtIn.stop(limit.dividedBy(2));
        }
        connectors.close();
        intake.close();
        events.close();
        outlet.close();
        partitions.stop(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
        journal.stop(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
        dispatcher.close();
        ownership.close();
        membership.close();
        links.close();
        blocking.shutdown();
    }

    private Roster.Load load() {
        JobCounts jobs = dispatcher.counts();
        return new Roster.Load(
                partitions.residents(),
                partitions.queued(),
                dispatcher.workers().size(),
                jobs.queued(),
                jobs.running());
    }

    private static int partitionCount(PartitionRegister register, Settings settings) {
        int count = register.initialize(settings.partitions());
        if (count != settings.partitions()) {
            LOG.warn(
                    "The database was first used with {} partitions, which stays so; the setting {} says {}",
                    count,
                    SettingCatalog.PARTITIONS.name(),
                    settings.partitions());
        }
        return count;
    }

    private static JournalLimits journalLimits(Settings settings) {
        return new JournalLimits(
                settings.get(SettingCatalog.JOURNAL_LANES),
                settings.get(SettingCatalog.JOURNAL_BATCH_ROWS),
                settings.get(SettingCatalog.JOURNAL_BATCH_BYTES),
                settings.get(SettingCatalog.JOURNAL_QUEUE));
    }

    private static DispatcherSettings dispatcherSettings(Settings settings) {
        return new DispatcherSettings(
                settings.workerGrace(),
                settings.workerUnclaimedGrace(),
                settings.leaseMax(),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, settings.payloadMaxBytes())));
    }
}
