package io.orquestrax.server.cluster;

import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.store.Database;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.node.ClusterReading;
import io.orquestrax.store.node.NodeRegister;
import io.orquestrax.store.node.NodeRow;
import io.orquestrax.store.node.NodeSession;
import io.orquestrax.store.node.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's row, lock and heartbeat, and knows what the others' say. */
public final class Membership implements RosterSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** How late a doubt may be noticed. */
    private static final Duration SLICE = Duration.ofMillis(50);

    /** Readings after a doubt, one a slice: the server may need a moment to notice that a process is gone. */
    private static final int READINGS_IN_DOUBT = 6;

    /** Readings after one that misses a lock. */
    private static final int READINGS_TO_CONFIRM = 2;

    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    /** How long a start tries to register: the database was there just before, but may be slow. */
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(30);

    /** How long a dead node is shown. */
    private static final Duration DEAD_SHOWN = Duration.ofMinutes(1);

    private final Database database;
    private final NodeRegister register;
    private final NodeCard card;
    private final ClusterSettings settings;
    private final RosterReader reader;
    private final Supplier<Roster.Load> load;
    private final ClusterFeed feed;
    private final List<Consumer<Roster>> watchers = new CopyOnWriteArrayList<>();

    // A platform thread: expressions may keep all carriers of virtual threads busy, and a heartbeat must not wait.
    private final Thread thread;

    private volatile Roster current;
    private volatile long readNanos = System.nanoTime();

    /** Before the last heartbeat was sent: others count from when it came. */
    private volatile long heardNanos = System.nanoTime();

    private volatile boolean isConnected;
    private volatile boolean isClosed;
    private volatile boolean isFrozen;
    private final AtomicInteger doubts = new AtomicInteger();
    private volatile Roster.State state = Roster.State.JOINING;
    private volatile String peerAddress = "";
    private volatile String apiAddress = "";
    private @Nullable NodeSession session;
    private long sessionNanos;
    private boolean isFirstSession = true;
    private long removedNanos = System.nanoTime();

    /**
     * @param load asked for at each heartbeat; returns at once
     */
    public Membership(
            Database database,
            NodeCard card,
            ClusterSettings settings,
            int partitions,
            Supplier<Roster.Load> load,
            ClusterFeed feed) {
        this.database = database;
        this.register = new NodeRegister(database);
        this.card = card;
        this.settings = settings;
        this.reader = new RosterReader(settings.name(), card.id(), partitions, settings.staleAfter());
        this.load = load;
        this.feed = feed;
        this.current = reader.nobody();
        this.thread = Thread.ofPlatform().name("membership").daemon().unstarted(this::run);
    }

    /**
     * Registers, and knows who lives when it returns. Right after a start of the server that takes a while, where nodes
     * that may come back give no sign yet.
     *
     * @throws InvalidSettingException if the database belongs to a cluster of another name
     * @throws IncompatibleNodeException if a living node speaks another language
     * @throws StoreException if the database cannot be reached, although it was tried for a while
     */
    public void join() {
        join(ARRIVAL_LIMIT);
    }

    void join(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        boolean isTold = false;
        while (true) {
            try {
                arrive();
                thread.start();
                return;
            } catch (StoreException away) {
                if (System.nanoTime() > deadlineNanos) {
                    throw away;
                }
                if (!isTold) {
                    isTold = true;
                    LOG.warn(
                            "The node cannot register in the database yet, and tries again for at most {} s: {}",
                            limit.toSeconds(),
                            away.getMessage());
                }
            }
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        }
    }

    private void arrive() {
        try {
            open();
            while (!beat()) {
                await();
            }
        } catch (RuntimeException refused) {
            closeSession();
            throw refused;
        }
    }

    /**
     * It takes partitions from now on.
     *
     * @param peers host:port for other nodes
     * @param api host:port for clients and workers
     */
    public void serve(String peers, String api) {
        peerAddress = peers;
        apiAddress = api;
        state = Roster.State.SERVING;
        register.serve(card.id(), peers, api);
    }

    /** It gives its partitions away, and will be gone. */
    public void leave() {
        state = Roster.State.LEAVING;
        register.changeState(card.id(), MemberCodec.text(state));
    }

    @Override
    public Roster current() {
        return current;
    }

    /** Since what is known was read. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - readNanos);
    }

    /** Whether it was heard of lately enough for others not to take over. */
    public boolean holdsLease() {
        return System.nanoTime() - heardNanos < settings.staleAfter().toNanos();
    }

    @Override
    public Subscription watch(Consumer<Roster> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void doubt() {
        doubts.set(READINGS_IN_DOUBT);
    }

    /** One sentence; empty where the node is in the cluster. */
    public Optional<String> reasonAway() {
        return isConnected
                ? Optional.empty()
                : Optional.of("The database cannot be reached, so the node waits for it.");
    }

    /** Goes for good: the others need not miss it first. */
    @Override
    public void close() {
        end();
        try {
            register.remove(card.id());
        } catch (StoreException away) {
            LOG.warn("The node's row could not be removed; the others see that its lock is gone", away);
        }
        closeSession();
    }

    /** As a process that does not run for a while: its connection stands, and it says nothing. For tests. */
    void freeze(boolean frozen) {
        isFrozen = frozen;
    }

    /** As the death of the process does: without a word. For tests. */
    void die() {
        end();
        closeSession();
    }

    private void end() {
        isClosed = true;
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed) {
            try {
                if (session == null) {
                    open();
                }
                if (!isFrozen) {
                    beat();
                }
                await();
            } catch (RuntimeException away) {
                lose(away);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void open() {
        NodeSession opened = NodeSession.open(database, settings.staleAfter());
        session = opened;
        sessionNanos = System.nanoTime();
        enroll(opened);
    }

    private void enroll(NodeSession holder) {
        NodeRow row = new NodeRow(
                card.id(),
                card.version(),
                card.level(),
                peerAddress,
                apiAddress,
                MemberCodec.text(state),
                card.startedAt());
        Registration registration = holder.register(settings.name(), row, settings.staleAfter());
        switch (registration) {
            case Registration.Accepted() -> {}
            case Registration.OtherCluster(String name) ->
                throw new InvalidSettingException("Expected " + SettingCatalog.CLUSTER_NAME.name() + " to be \"" + name
                        + "\", the cluster that this database belongs to, but it is \"" + settings.name() + "\". Set "
                        + SettingCatalog.CLUSTER_NAME.name() + "=" + name
                        + ", or give the other cluster a database of its own.");
            case Registration.OtherLevel(NodeRow other) ->
                throw new IncompatibleNodeException("Expected the nodes of one cluster to differ by one level at most,"
                        + " but this one (version " + card.version() + ") has level " + card.level() + ", and node "
                        + other.id() + " (version " + other.version() + ", at " + other.apiAddress() + ") has level "
                        + other.level() + ". Upgrade the nodes through the levels between, or stop that node first.");
        }
    }

    /** Returns whether it is certain who lives. */
    private boolean beat() {
        NodeSession live = session;
        if (live == null) {
            return false;
        }
        long sentNanos = System.nanoTime();
        ClusterReading reading = live.beat(card.id(), MemberCodec.text(load.get()));
        if (!reading.isRegistered()) {
            LOG.warn("The node's row is gone, and it registers again");
            enroll(live);
            return false;
        }
        boolean mayJudge = mayJudge(reading);
        Roster roster = reader.roster(reading, current, mayJudge, System.nanoTime());
        roster.member(card.id()).ifPresent(self -> state = self.state());
        readNanos = System.nanoTime();
        current = roster;
        if (!isConnected) {
            isConnected = true;
            LOG.debug(
                    "In the cluster {} with {} nodes",
                    roster.cluster(),
                    roster.members().size());
        }
        watchers.forEach(watcher -> tell(watcher, roster));
        // Not before the watchers know what is lost: what was decided on must not be gone on with.
        heardNanos = sentNanos;
        feed.publish();
        removeDead(live, roster);
        boolean isToConfirm = mayJudge
                && reading.nodes().stream()
                        .filter(node -> !reader.givesSign(node))
                        .anyMatch(node -> roster.member(node.row().id())
                                .filter(Roster.Member::isAlive)
                                .isPresent());
        if (isToConfirm) {
            doubts.accumulateAndGet(READINGS_TO_CONFIRM, Math::max);
        }
        return mayJudge || reading.nodes().stream().allMatch(reader::givesSign);
    }

    /** After a restart of the server every lock is gone, and so the others get the time to take theirs again. */
    private boolean mayJudge(ClusterReading reading) {
        boolean isLong =
                System.nanoTime() - sessionNanos > settings.staleAfter().toNanos();
        return isLong || (isFirstSession && reading.serverUptime().compareTo(settings.staleAfter()) > 0);
    }

    private static void tell(Consumer<Roster> watcher, Roster roster) {
        try {
            watcher.accept(roster);
        } catch (RuntimeException bug) {
            LOG.error("A watcher of the roster failed", bug);
        }
    }

    private void removeDead(NodeSession live, Roster roster) {
        boolean isDue = System.nanoTime() - removedNanos > DEAD_SHOWN.toNanos();
        if (isDue
                && roster.members().stream().anyMatch(member -> member.silence().compareTo(DEAD_SHOWN) > 0)) {
            removedNanos = System.nanoTime();
            live.removeDead(DEAD_SHOWN);
        }
    }

    private void await() {
        long dueNanos = System.nanoTime() + pause().toNanos();
        NodeSession live = session;
        while (!isClosed && live != null) {
            long leftNanos = dueNanos - System.nanoTime();
            if (doubts.get() > 0) {
                doubts.decrementAndGet();
                live.awaitNews(SLICE);
                return;
            }
            if (leftNanos <= 0 || live.awaitNews(Duration.ofNanos(Math.min(leftNanos, SLICE.toNanos())))) {
                return;
            }
        }
    }

    /** Alone, it need not convince anybody before somebody comes, which it hears. */
    private Duration pause() {
        boolean isAlone = current.members().size() < 2;
        Duration twice = settings.heartbeat().multipliedBy(2);
        return isAlone && twice.compareTo(settings.staleAfter()) < 0 ? twice : settings.heartbeat();
    }

    private void lose(RuntimeException cause) {
        if (isConnected) {
            LOG.warn("The node lost its connection to the database, and takes a new one", cause);
        } else {
            LOG.debug("The database cannot be reached yet", cause);
        }
        isConnected = false;
        isFirstSession = false;
        heardNanos = System.nanoTime() - settings.staleAfter().toNanos();
        closeSession();
        feed.publish();
    }

    private void closeSession() {
        NodeSession old = session;
        session = null;
        if (old != null) {
            try {
                old.close();
            } catch (StoreException broken) {
                LOG.debug("Closing the node's connection failed", broken);
            }
        }
    }
}
