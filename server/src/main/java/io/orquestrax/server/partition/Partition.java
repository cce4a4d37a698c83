package io.orquestrax.server.partition;

import io.orquestrax.engine.Decider;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.instance.SnapshotRow;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The single-threaded owner of a share of the instances: decides one command after the other. */
final class Partition {
    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

    /** Before the first one; and ends the wait for the next. */
    private static final Tenure NONE = over();

    /**
     * What is handled of the queue between two looks at what is due and at the starts that wait, and of each of these
     * between two looks at the queue.
     */
    private static final int PER_TURN = 10;

    /** Until a full journal is looked at again by a partition that has nothing to do but wake-ups. */
    private static final long FULL_JOURNAL_PAUSE_NANOS = 1_000_000;

    private static final Duration BETWEEN_LOOKS_AT_LEASE = Duration.ofMillis(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private final int number;
    private final PartitionParts parts;
    private final PartitionMeters meters;
    private final HistoryParts histories;
    private final LongHistories longHistories;
    private final JobOutlet jobs;
    private final PartitionMemory memory;
    private final WaitingStarts starts;
    private final Deliveries deliveries;
    private final Decisions decisions;
    private final AfterCommit afterCommit;
    private final Runnable onServing;
    private final Thread thread;

    private final Inbox inbox;
    private final BlockingQueue<Tenure> claims = new LinkedBlockingQueue<>();

    /** The last one that was given: commands wait from then on, and are turned away when it is over. */
    private volatile Tenure given = NONE;

    /** The one in which the partition's thread decides, or did last. */
    private volatile Tenure tenure = NONE;

    private volatile boolean serving;
    private volatile boolean stopping;
    private volatile boolean ended;

    Partition(
            int number,
            PartitionParts parts,
            PartitionMeters meters,
            HistoryParts histories,
            JobOutlet jobs,
            StartResolver resolver,
            PartitionAddresses addresses,
            AfterCommit afterCommit,
            Runnable onServing) {
        this.number = number;
        this.parts = parts;
        this.meters = meters;
        this.histories = histories;
        this.inbox = new Inbox(parts.queueLimit());
        this.longHistories = new LongHistories(this, histories, parts.queueLimit());
        this.jobs = jobs;
        this.memory = new PartitionMemory(number, parts.queries(), parts.memory());
        this.starts = new WaitingStarts(parts.startPatience());
        this.deliveries = new Deliveries(this, parts.messaging(), resolver, addresses);
        this.decisions = new Decisions(
                this,
                parts,
                meters,
                histories,
                longHistories,
                memory,
                deliveries,
                new DurableEffects(addresses, parts.messaging()));
        this.afterCommit = afterCommit;
        this.onServing = onServing;
        this.thread = Thread.ofVirtual().name("partition-" + number).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    int number() {
        return number;
    }

    Instant now() {
        return parts.clock().instant();
    }

    /** The one in which the partition's thread decides, or did last. */
    Tenure tenure() {
        return tenure;
    }

    JobOutlet jobs() {
        return jobs;
    }

    CommitFeed feed() {
        return parts.feed();
    }

    int residents() {
        return memory.size();
    }

    /** Instances whose long histories are read in the background. */
    int loading() {
        return longHistories.size();
    }

    int queued() {
        return inbox.asks();
    }

    boolean isHere() {
        return !given.isOver();
    }

    boolean isServing() {
        return serving && !tenure.isOver();
    }

    /** Not while the instance's long history is being read. */
    boolean isServing(UUID instance) {
        return isServing() && !longHistories.isLoading(instance);
    }

    /** Whether the instance is in memory, and no end of it has been decided. False says nothing. */
    boolean knowsAsOpen(UUID instance) {
        Residency present = isServing() ? memory.find(instance) : null;
        return present != null
                && !present.isAbandoned()
                && !present.state().status().isClosed();
    }

    /** From now on commands wait, and are decided in this tenure once it has recovered. */
    void serve(Tenure next) {
        given = next;
        claims.add(next);
    }

    /** Its tenure is over: it throws its memory away, and turns away what waits. */
    void leave() {
        inbox.add(new Message.Look());
    }

    /** Decides what waits, then ends. */
    void stop() {
        stopping = true;
        inbox.add(new Message.Stop());
        claims.add(NONE);
    }

    boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    CompletableFuture<Answer> ask(UUID instance, Command command, Message.@Nullable Birth birth) {
        if (stopping) {
            return CompletableFuture.failedFuture(stopped());
        }
        if (given.isOver()) {
            return CompletableFuture.failedFuture(new NotOwnedException(number));
        }
        long now = System.nanoTime();
        if (birth != null && starts.isLate(now)) {
            return overloaded("Expected starts to wait for at most "
                    + parts.startPatience().toMillis() + " ms in partition " + number
                    + ", but they wait longer; try again later.");
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (!inbox.offer(new Message.Ask(instance, command, birth, answer, now))) {
            return overloaded("Expected at most " + parts.queueLimit() + " commands to wait for partition " + number
                    + ", but there are as many; try again later.");
        }
        if (ended || given.isOver()) {
            turnAway();
        }
        return answer;
    }

    private CompletableFuture<Answer> overloaded(String detail) {
        meters.overload();
        return CompletableFuture.failedFuture(new ServiceException(ErrorCode.OVERLOADED, detail));
    }

    /** A command that waited for its instance is one of those in the queue again; a message stands in the table. */
    void askAgain(UUID instance, Command command, Occasion occasion) {
        CompletableFuture<Answer> answer = occasion.answer();
        if (answer != null) {
            inbox.addAgain(new Message.Ask(instance, command, occasion.birth(), answer, System.nanoTime()));
        }
    }

    /** Hands over a message whose row is committed; whoever owns the partition next finds it in the table. */
    void deliver(MessageRow message) {
        if (!given.isOver()) {
            deliveries.offer(message);
        }
    }

    /** Messages wait in the table. */
    void look() {
        if (!given.isOver()) {
            deliveries.look();
        }
    }

    /** From the journal: what the partition wrote beside histories. */
    void committed(Consequences consequences) {
        if (!consequences.isEmpty()) {
            afterCommit.committed(consequences);
        }
    }

    /** A message of the node's own, which is never turned away. */
    void post(Message message) {
        if (!ended && !given.isOver()) {
            inbox.add(message);
        }
    }

    private void run() {
        try {
            for (Tenure next = claims.take(); next != NONE; next = claims.take()) {
                tenure = next;
                inbox.begin(this::isOfAnotherTenure);
                deliveries.newTenure();
                if (recover(next)) {
                    starts.serves(System.nanoTime());
                    serving = true;
                    deliveries.look();
                    onServing.run();
                    decideUntilOver(next);
                    serving = false;
                }
                memory.clear();
                longHistories.clear();
                starts.takeAll().forEach(this::turnAway);
                turnAway();
                next.left();
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("Partition {}: interrupted", number);
        } finally {
            serving = false;
            ended = true;
            inbox.end();
            starts.takeAll().forEach(this::turnAway);
            turnAway();
            tenure.left();
        }
    }

    /** What the last tenure left behind; commands have come since this one was given. */
    private boolean isOfAnotherTenure(Message message) {
        if (message instanceof Message.Deliver) {
            deliveries.dropped();
        } else if (message instanceof Message.Look) {
            deliveries.looked();
        }
        return !(message instanceof Message.Ask || message instanceof Message.Stop);
    }

    /** False where the tenure ended before. */
    private boolean recover(Tenure current) throws InterruptedException {
        while (!current.isOver() && !stopping) {
            try {
                recoverRunning();
                return true;
            } catch (StoreException away) {
                LOG.warn("Partition {}: cannot be recovered yet, and will be tried again", number, away);
                memory.clear();
                longHistories.clear();
                Thread.sleep(AFTER_FAILURE);
            }
        }
        return false;
    }

    private void recoverRunning() throws InterruptedException {
        List<UUID> running = parts.queries().running(number);
        List<JobOffer> open = new ArrayList<>();
        for (HistoryReading reading : histories.loader().load(running)) {
            if (reading.isAtEnd()) {
                decisions.keep(reading);
                open.addAll(Decider.openJobs(reading.state()));
            } else {
                longHistories.begin(reading, true);
            }
        }
        memory.readAhead(parts.clock().instant());
        if (!open.isEmpty()) {
            jobs.offerRecovered(open, tenure.epoch());
        }
        LOG.debug("Partition {}: recovered {} running instances, {} open jobs", number, running.size(), open.size());
    }

    /** A long history has been read. */
    void arrived(HistoryReading reading, boolean isRecovery) {
        Residency loaded = decisions.keep(reading);
        List<JobOffer> open = isRecovery ? Decider.openJobs(loaded.state()) : List.of();
        if (!open.isEmpty()) {
            jobs.offerRecovered(open, tenure.epoch());
        }
    }

    void write(SnapshotRow snapshot) {
        parts.journal().append(new SnapshotEntry(tenure, snapshot));
    }

    private void decideUntilOver(Tenure current) throws InterruptedException {
        int turn = 0;
        while (!current.isOver()) {
            Message message = inbox.next(this::untilNextNanos);
            if (message instanceof Message.Stop) {
                starts.takeAll().forEach(this::handle);
                return;
            }
            if (!awaitLease(current)) {
                turnAway(message);
                return;
            }
            try {
                if (message != null) {
                    take(message);
                    turn++;
                }
                if (message == null || turn >= PER_TURN) {
                    turn = 0;
                    wake();
                    begin(message == null ? 0 : 1);
                }
                deliveries.readWaiting();
            } catch (RuntimeException bug) {
                meters.failedDecision();
                LOG.error("Partition {}: {} failed", number, message, bug);
            }
        }
    }

    /** False where the tenure ended meanwhile; a node that stops goes on, for what it cannot write is not answered. */
    private boolean awaitLease(Tenure current) throws InterruptedException {
        while (!parts.lease().holds() && !current.isOver() && !stopping) {
            Thread.sleep(BETWEEN_LOOKS_AT_LEASE);
        }
        return !current.isOver();
    }

    private void turnAway(@Nullable Message message) {
        if (message instanceof Message.Ask ask) {
            inbox.settled();
            ask.answer().completeExceptionally(stopping ? stopped() : new NotOwnedException(number));
        }
    }

    private long untilNextNanos() {
        Instant look = deliveries.nextLook();
        Instant next = memory.next().isBefore(look) ? memory.next() : look;
        Duration wait = Duration.between(parts.clock().instant(), next);
        if (!wait.isPositive() || !starts.isEmpty()) {
            return parts.journal().hasRoom(number) ? 0 : FULL_JOURNAL_PAUSE_NANOS;
        }
        return wait.compareTo(PartitionMemory.HORIZON) > 0 ? PartitionMemory.HORIZON.toNanos() : wait.toNanos();
    }

    private void take(Message message) {
        if (message instanceof Message.Ask ask && ask.isStart()) {
            starts.add(ask);
        } else {
            handle(message);
        }
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Ask ask -> {
                inbox.settled();
                decide(ask.instance(), ask.command(), new Occasion(ask.birth(), ask.answer(), null));
            }
            case Message.Continue(UUID instance) -> decide(instance, new Command.ContinueInstance(), Occasion.NONE);
            case Message.Durable(Residency residency, long sequence) ->
                memory.release(residency, sequence, parts.clock().instant());
            case Message.Abandoned(Residency residency) -> {
                if (memory.drop(residency)) {
                    memory.wakeAt(residency.id(), parts.clock().instant().plus(AFTER_REFUSAL));
                }
            }
            case Message.Deliver(MessageRow row) -> deliveries.take(row);
            case Message.StartResolved(MessageRow row, MessageContent.Start start, StartResolution resolution) ->
                deliveries.resolved(row, start, resolution);
            case Message.Settled(UUID settled) -> deliveries.end(settled);
            case Message.Loaded(LongHistories.Load load) -> longHistories.loaded(load);
            case Message.Folded(LongHistories.Load load, SnapshotRow snapshot) -> longHistories.folded(load, snapshot);
            case Message.Look() -> deliveries.looked();
            case Message.Due _ -> throw new IllegalStateException("Expected the inbox to have taken it");
            case Message.Stop() -> throw new IllegalStateException("Expected the loop to have ended");
        }
    }

    /**
     * Begins some of the starts that wait.
     *
     * @param least of them, also where the journal is full
     */
    private void begin(int least) {
        int most = parts.journal().hasRoom(number) ? PER_TURN : least;
        for (int begun = 0; begun < most; begun++) {
            Message.Ask start = starts.poll();
            if (start == null) {
                return;
            }
            handle(start);
        }
    }

    private void wake() {
        Instant now = parts.clock().instant();
        // Very many may be due at once: they must not fill the journal, which others wait for. Some go on in any case.
        int most = parts.journal().hasRoom(number) ? PER_TURN : 1;
        decisions.readDue(now);
        for (int woken = 0; woken < most; woken++) {
            Optional<UUID> due = memory.takeDue(now);
            if (due.isEmpty()) {
                break;
            }
            decide(due.get(), wakeCommand(due.get()), Occasion.NONE);
        }
        memory.readAhead(now);
    }

    /** One that could not go on when it was told to is woken to try that again. */
    private Command wakeCommand(UUID due) {
        Residency present = memory.find(due);
        return present != null && present.state().canContinue()
                ? new Command.ContinueInstance()
                : new Command.WakeInstance();
    }

    void decide(UUID instance, Command command, Occasion occasion) {
        decisions.decide(instance, command, occasion);
    }

    void settle(MessageRow message, Consequences consequences) {
        decisions.settle(message, consequences);
    }

    void abort(Occasion occasion, ServiceException failure) {
        decisions.abort(occasion, failure);
    }

    /** From any thread: answers the commands that wait. */
    private void turnAway() {
        inbox.takeAsks().forEach(this::turnAway);
    }

    private static Tenure over() {
        Tenure never = new Tenure(-1, -1);
        never.end();
        return never;
    }

    private static ServiceException stopped() {
        return new ServiceException(ErrorCode.UNAVAILABLE, "The node is stopping.");
    }
}
