package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.stream.Lane;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of this node to all others that the roster has alive. */
public final class PeerLinks implements Peers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);

    private final RosterSource roster;
    private final Greeting greeting;
    private final PeerClient client;
    private final LinkLimits limits;
    private final ScheduledExecutorService scheduler;
    private final PeerHandlers handlers = new PeerHandlers();
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> toldLinked = new TreeSet<>();
    private final Lane news;
    private @Nullable Subscription subscription;
    private boolean isClosed;

    /**
     * @param scheduler runs each task on a thread of its own
     */
    public PeerLinks(
            RosterSource roster, Greeting greeting, Optional<PeerTls> tls, ScheduledExecutorService scheduler) {
        this(roster, greeting, tls, LinkLimits.DEFAULT, scheduler);
    }

    PeerLinks(
            RosterSource roster,
            Greeting greeting,
            Optional<PeerTls> tls,
            LinkLimits limits,
            ScheduledExecutorService scheduler) {
        this.roster = roster;
        this.greeting = greeting;
        this.client = new PeerClient(tls);
        this.limits = limits;
        this.scheduler = scheduler;
        this.news = new Lane(scheduler);
    }

    /** Opens links from now on. */
    public void begin() {
        subscription = roster.watch(this::follow);
        follow(roster.current());
    }

    /** The other side of the others' links. */
    PeerEndpoint endpoint() {
        return new PeerEndpoint(greeting, handlers, limits, scheduler);
    }

    @Override
    public Set<String> linked() {
        Set<String> linked = new HashSet<>();
        links.forEach((node, link) -> link.linked().ifPresent(open -> linked.add(node)));
        return linked;
    }

    @Override
    public CompletableFuture<Response> call(String node, Request request) {
        return find(node)
                .map(link -> link.call(request))
                .orElseGet(() -> CompletableFuture.failedFuture(new PeerLostException(node, false)));
    }

    @Override
    public void tell(String node, Notice notice) {
        find(node).ifPresent(link -> link.tell(notice));
    }

    @Override
    public void tell(String node, Notice notice, Notice substitute) {
        find(node).ifPresent(link -> link.tell(notice, substitute));
    }

    @Override
    public Subscription watch(Watcher watcher) {
        news.run(() -> {
            watchers.add(watcher);
            toldLinked.forEach(node -> tell(watcher, each -> each.linked(node)));
        });
        return () -> watchers.remove(watcher);
    }

    @Override
    public void respond(Request.RequestCase kind, Responder responder) {
        handlers.respond(kind, responder);
    }

    @Override
    public void listen(Notice.NoticeCase kind, Listener listener) {
        handlers.listen(kind, listener);
    }

    @Override
    public void close() {
        Subscription following = subscription;
        if (following != null) {
            following.close();
        }
        synchronized (this) {
            isClosed = true;
            links.values().forEach(link -> link.close("the node stops"));
            links.clear();
        }
        client.close();
    }

    private synchronized void follow(Roster current) {
        if (isClosed) {
            return;
        }
        Map<String, String> wanted = new HashMap<>();
        for (Roster.Member member : current.members()) {
            if (member.isAlive()
                    && !member.id().equals(current.self())
                    && !member.peerAddress().isBlank()) {
                wanted.put(member.id(), member.peerAddress());
            }
        }
        links.forEach((node, link) -> {
            if (!link.address().equals(wanted.get(node)) && links.remove(node, link)) {
                link.close("the node is gone");
            }
        });
        wanted.forEach((node, address) -> {
            if (!links.containsKey(node)) {
                PeerLink link =
                        new PeerLink(node, address, limits, owner -> open(node, address, owner), scheduler, told());
                links.put(node, link);
                link.open();
            }
        });
    }

    private OutgoingLink open(String node, String address, OutgoingLink.Owner owner) {
        OutgoingLink link = new OutgoingLink(node, greeting, limits, owner, scheduler);
        client.open(address, link);
        link.greet();
        return link;
    }

    private Optional<OutgoingLink> find(String node) {
        return Optional.ofNullable(links.get(node)).flatMap(PeerLink::linked);
    }

    private Watcher told() {
        return new Watcher() {
            @Override
            public void linked(String node) {
                news.run(() -> {
                    toldLinked.add(node);
                    watchers.forEach(watcher -> tell(watcher, each -> each.linked(node)));
                });
            }

            @Override
            public void lost(String node) {
                news.run(() -> {
                    toldLinked.remove(node);
                    watchers.forEach(watcher -> tell(watcher, each -> each.lost(node)));
                });
            }
        };
    }

    private static void tell(Watcher watcher, Consumer<Watcher> news) {
        try {
            news.accept(watcher);
        } catch (RuntimeException bug) {
            LOG.error("A watcher of the links failed", bug);
        }
    }
}
