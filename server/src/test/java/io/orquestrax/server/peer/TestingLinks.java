package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.MessagesWait;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.cluster.TestingRoster;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The links of one node, with real sockets on loopback. */
final class TestingLinks implements AutoCloseable {
    static final LinkLimits LIMITS = new LinkLimits(
            1_000, 1024 * 1024, 64 * 1024, Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofMillis(50));

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final String id;
    private final Optional<PeerTls> tls;
    private final TestingRoster roster;
    private final PeerLinks links;
    private final List<String> news = new CopyOnWriteArrayList<>();
    private @Nullable PeerDoor door;
    private int port;

    TestingLinks(String id) {
        this(greeting(id, "testing", 1), Optional.empty());
    }

    TestingLinks(Greeting greeting, Optional<PeerTls> tls) {
        this.id = greeting.getNodeId();
        this.tls = tls;
        this.roster = new TestingRoster(id, 4);
        this.links = new PeerLinks(roster, greeting, tls, LIMITS, threads);
        links.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                news.add("linked " + node);
            }

            @Override
            public void lost(String node) {
                news.add("lost " + node);
            }
        });
        openDoor();
        links.begin();
    }

    static Greeting greeting(String id, String cluster, int level) {
        return Greeting.newBuilder()
                .setNodeId(id)
                .setCluster(cluster)
                .setVersion("test")
                .setLevel(level)
                .build();
    }

    static Notice notice(int partition) {
        return Notice.newBuilder()
                .setMessagesWait(MessagesWait.newBuilder().addPartitions(partition))
                .build();
    }

    PeerLinks links() {
        return links;
    }

    TestingRoster roster() {
        return roster;
    }

    int port() {
        return port;
    }

    /** What its watcher was told. */
    List<String> news() {
        return news;
    }

    void knows(TestingLinks other) {
        roster.join(TestingRoster.member(other.id, "127.0.0.1:" + other.port));
    }

    void openDoor() {
        PeerDoor opened = PeerDoor.open(new InetSocketAddress("127.0.0.1", port), tls, links);
        port = opened.port();
        door = opened;
    }

    /** Its port is free when it returns. */
    void closeDoor() {
        PeerDoor open = door;
        if (open != null) {
            open.stop().join();
        }
        door = null;
    }

    @Override
    public void close() {
        links.close();
        PeerDoor open = door;
        if (open != null) {
            open.close();
        }
        threads.shutdown();
    }
}
