package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.partition.CommandGateway;
import io.orquestrax.server.peer.Peers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matches jobs to the free capacity of workers: priority first, then the longest wait. */
public final class Dispatcher implements AutoCloseable {
    private final DispatcherSettings settings;
    private final ResultCheck check;
    private final Serial serial;
    private final JobTable table;
    private final Outcomes outcomes;
    private final Attempts attempts;
    private final Handovers handovers;
    private final Streams streams;
    private final Leases leases;
    private final ServedTypes types;
    private final Workforce workforce;
    private final JobReports reports;
    private final @Nullable PeerJobs peerJobs;

    /**
     * @param feed told whatever changes of jobs and workers without a commit
     */
    public Dispatcher(
            CommandGateway commands,
            Clock clock,
            DispatcherSettings settings,
            WorkFeed feed,
            Neighbourhood neighbourhood) {
        this(commands, clock, settings, feed, new ScheduledTimers(), neighbourhood);
    }

    /** The dispatcher of the only node there is. */
    public Dispatcher(CommandGateway commands, Clock clock, DispatcherSettings settings, WorkFeed feed) {
        this(commands, clock, settings, feed, new ScheduledTimers(), null);
    }

    Dispatcher(
            CommandGateway commands,
            Clock clock,
            DispatcherSettings settings,
            WorkFeed feed,
            Timers timers,
            @Nullable Neighbourhood neighbourhood) {
        this.settings = settings;
        Map<String, StreamWorker> workers = new HashMap<>();
        Matching matching = new Matching();
        Doubts doubts = new Doubts();
        check = new ResultCheck(settings.maxPayloadBytes());
        serial = new Serial(clock, timers);
        types = new ServedTypes(serial, feed, this::servedTypes);
        Changes changes = new Changes(feed, serial, types::changed);
        table = new JobTable(matching, changes);
        outcomes = new Outcomes(commands, table, matching, workers, serial);
        attempts = new Attempts(table, matching, outcomes, serial, changes, settings.unclaimedGrace(), doubts);
        handovers = new Handovers(table, attempts, serial);
        streams = new Streams(workers, table, matching, attempts, outcomes, serial, changes, settings.grace());
        leases = new Leases(table, matching, attempts, outcomes, serial, changes, settings);
        workforce = new Workforce(this, neighbourhood, types);
        Inquiries inquiries = new Inquiries(commands);
        reports = new JobReports(this, serial, table, inquiries, neighbourhood);
        peerJobs = neighbourhood == null ? null : peerJobs(neighbourhood, matching, doubts, feed, inquiries);
    }

    private Set<String> servedTypes() {
        return Stream.concat(streams.types(), leases.types()).collect(Collectors.toSet());
    }

    private PeerJobs peerJobs(
            Neighbourhood neighbourhood, Matching matching, Doubts doubts, WorkFeed feed, Inquiries inquiries) {
        Peers peers = neighbourhood.peers();
        PeerLines lines = new PeerLines(peers, serial);
        Claiming claiming = new Claiming(neighbourhood, lines, table, attempts, doubts, serial, inquiries);
        Lending lending = new Lending(
                lines, table, matching, attempts, outcomes, streams, serial, settings, neighbourhood::isServedHere);
        Borrowing borrowing = new Borrowing(peers, lines, table, matching, attempts, claiming, serial);
        PeerWork work = new PeerWork(peers, feed);
        PeerJobs opened = new PeerJobs(serial, peers, lending, borrowing, claiming, handovers, types, work, inquiries);
        types.open(peers);
        feed.connect(work);
        workforce.open(peers);
        reports.open(peers);
        opened.open(neighbourhood);
        return opened;
    }

    /** An effect: hand this attempt to a worker. */
    public void offer(JobOffer offer) {
        serial.run(() -> attempts.offer(offer));
    }

    /** Attempts that a worker may still run; what nobody claims in time is lost, as UNCLAIMED. */
    public void offerRecovered(List<JobOffer> offers) {
        offerRecovered(offers, 0);
    }

    /**
     * As {@link #offerRecovered(List)}, but what only waited at the node that gave the partition away is offered as soon
     * as that node says so.
     *
     * @param epoch in which this node owns the attempts' partition
     */
    public void offerRecovered(List<JobOffer> offers, long epoch) {
        serial.run(() -> handovers.recovered(attempts.offerRecovered(offers, epoch)));
    }

    /** An effect: take it from the queue, or tell its worker to stop. */
    public void withdraw(JobId job) {
        serial.run(() -> attempts.withdraw(job));
    }

    /**
     * An effect: the instance is suspended, so take the attempt from the queue; a worker that has it already goes on.
     * Resuming offers it again, which must change nothing for an attempt that is queued or with a worker.
     */
    public void hold(JobId job) {
        serial.run(() -> attempts.hold(job));
    }

    /** The attempt is over, whoever reported that: it may have been a worker of this node that has gone on to another. */
    public void ended(JobId job) {
        if (table.isUnreported(job)) {
            serial.run(() -> attempts.ended(job));
        }
    }

    /** Drops what it knows of these instances' jobs, since their partition has another owner. */
    public void forget(Predicate<UUID> instances) {
        serial.run(() -> attempts.forget(instances));
    }

    /**
     * As {@link #forget}, before the partition is released for another node, which is told what nobody has.
     *
     * @param epoch in which this node owned the partition
     * @param next the node that should own it
     */
    public void handOver(Predicate<UUID> instances, long epoch, String next) {
        if (peerJobs == null) {
            forget(instances);
        } else {
            peerJobs.handOver(instances, epoch, next);
        }
    }

    /**
     * Whether a node that says that it lost an attempt of this node's does not have it (any more): its loss is none then.
     *
     * @param node that says so
     */
    public boolean isElsewhere(String node, JobId job) {
        return peerJobs != null && peerJobs.isElsewhere(node, job);
    }

    /** Who has this attempt now. */
    public Optional<JobPresence> presence(JobId job) {
        return serial.call(() -> table.find(job).flatMap(Dispatcher::presence));
    }

    Map<JobId, Job.State> knownJobs() {
        return serial.call(() -> table.all().stream().collect(Collectors.toMap(Job::id, Job::state)));
    }

    boolean knows(JobId job) {
        return serial.call(() -> table.find(job).isPresent());
    }

    /** Whether any connected worker takes jobs of the type. */
    public boolean hasWorkerFor(String type) {
        return serial.call(() -> streams.hasWorkerFor(type) || leases.hasWorkerFor(type));
    }

    /** How long a worker may be away before its jobs go to others. */
    public Duration grace() {
        return settings.grace();
    }

    /** A worker with a stream. */
    public WorkerSession connect(WorkerHello hello, WorkerSink sink) {
        Connection connection = new Connection(sink, serial);
        Streams.Welcome welcome = serial.call(() -> streams.connect(hello, connection));
        return new WorkerSession(streams, serial, check, welcome, connection);
    }

    /**
     * For workers without a stream: completes as soon as there is a job, with an empty list when the wait is over.
     *
     * @param lease how long each job is the worker's without a heartbeat
     */
    public CompletableFuture<List<JobAssignment>> activate(
            Set<String> types, String worker, int max, Duration wait, Duration lease) {
        Set<String> ofTypes = Set.copyOf(types);
        return serial.call(() -> leases.activate(ofTypes, worker, max, wait, lease));
    }

    /**
     * Completes when the result is durable.
     *
     * @return false for a result that came too late or twice
     */
    public CompletableFuture<Boolean> complete(JobId job, JsonNode output) {
        return report(new JobResult.Completed(job, null, output));
    }

    /** As {@link #complete}. */
    public CompletableFuture<Boolean> fail(JobId job, WorkflowError error, boolean retryable) {
        return report(new JobResult.Failed(job, null, error, retryable));
    }

    /** For jobs of a long-poll whose answer did not reach its caller: they are offered to others at once. */
    public void handBack(List<JobId> jobs) {
        serial.run(() -> leases.handBack(jobs));
    }

    /**
     * As {@link #heartbeat}.
     *
     * @return when the lease is over now; empty where the job is not the caller's any more: stop
     */
    public Optional<Instant> renewLease(JobId job, @Nullable JsonNode progress) {
        JsonNode checked = check.checkProgress(progress);
        return serial.call(() -> leases.heartbeat(job, checked));
    }

    /**
     * Renews the lease.
     *
     * @param progress absent to keep the last one
     * @return false where the job is not the caller's any more: stop
     */
    public boolean heartbeat(JobId job, @Nullable JsonNode progress) {
        return renewLease(job, progress).isPresent();
    }

    /** How many jobs wait here for a worker, and how many are with one. */
    public JobCounts counts() {
        return serial.call(table::counts);
    }

    public List<WorkerView> workers() {
        return serial.call(() -> Stream.concat(streams.views(), leases.views()).toList());
    }

    /** The workers of all nodes. */
    public Workforce workforce() {
        return workforce;
    }

    /** What workers without a stream say of jobs that they may have from another node. */
    public JobReports reports() {
        return reports;
    }

    /** The node is about to end: jobs of other nodes that no worker here has go back at once. */
    public void leave() {
        if (peerJobs != null) {
            peerJobs.leave();
        }
    }

    /** The node stops: workers that wait for jobs are answered now, with none, and may go on asking at another one. */
    public void endWaits() {
        serial.run(leases::close);
    }

    /** Long-polls end, and no limit is watched any more. What is still on its way is recovered with its partition. */
    @Override
    public void close() {
        serial.run(leases::close);
        if (peerJobs != null) {
            peerJobs.close();
        }
        serial.close();
    }

    CompletableFuture<Boolean> report(JobResult result) {
        return report(result, false);
    }

    /**
     * @param mayHaveCounted whether it was told to another node, which did not answer
     */
    CompletableFuture<Boolean> report(JobResult result, boolean mayHaveCounted) {
        CompletableFuture<Boolean> counted = new CompletableFuture<>();
        JobResult checked = check.check(result);
        serial.run(() -> outcomes.report(checked, counted, mayHaveCounted));
        return counted;
    }

    private static Optional<JobPresence> presence(Job job) {
        Instant startedAt = job.startedAt();
        return switch (job.state()) {
            case QUEUED, UNCLAIMED, LENT, ENDING -> Optional.empty();
            case CLAIMED, HELD, REPORTED ->
                startedAt == null
                        ? Optional.empty()
                        : job.holder().map(holder -> new JobPresence(holder.id(), startedAt, job.progress()));
        };
    }
}
