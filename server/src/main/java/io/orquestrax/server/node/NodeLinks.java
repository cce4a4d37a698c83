package io.orquestrax.server.node;

import io.orquestrax.protocol.cluster.v1.EventsChanged;
import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.SchedulesChanged;
import io.orquestrax.server.cluster.ClusterSettings;
import io.orquestrax.server.cluster.NodeCard;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.message.MessageCourier;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.Partitions;
import io.orquestrax.server.partition.PlanCache;
import io.orquestrax.server.partition.PlanLookup;
import io.orquestrax.server.peer.AskResponder;
import io.orquestrax.server.peer.ChangeRelay;
import io.orquestrax.server.peer.ClusterGateway;
import io.orquestrax.server.peer.CommitRelay;
import io.orquestrax.server.peer.DeploymentNews;
import io.orquestrax.server.peer.MessageRelay;
import io.orquestrax.server.peer.PeerDoor;
import io.orquestrax.server.peer.PeerLinks;
import io.orquestrax.server.peer.PeerTls;
import io.orquestrax.server.peer.Peers;
import io.orquestrax.server.peer.Traces;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.instance.InstanceQueries;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways between this node and the others, wired together. */
final class NodeLinks implements AutoCloseable {
    private final Settings settings;
    private final RosterSource roster;
    private final Optional<PeerTls> tls;
    private final VirtualThreadScheduler blocking;
    private final PeerLinks links;
    private @Nullable PeerDoor door;

    NodeLinks(Settings settings, NodeIdentity identity, RosterSource roster, VirtualThreadScheduler blocking) {
        this.settings = settings;
        this.roster = roster;
        this.tls = PeerTls.of(settings);
        this.blocking = blocking;
        Greeting greeting = Greeting.newBuilder()
                .setCluster(ClusterSettings.of(settings).name())
                .setNodeId(identity.id())
                .setVersion(identity.version())
                .setLevel(NodeCard.LEVEL)
                .build();
        this.links = new PeerLinks(roster, greeting, tls, blocking);
        links.watch(new Peers.Watcher() {
            @Override
            public void linked(String node) {
                // The roster told of it before.
            }

            @Override
            public void lost(String node) {
                // No evidence that the node is dead, but a reason to look whether it is.
                roster.doubt();
            }
        });
    }

    Peers peers() {
        return links;
    }

    /** The way to instances, wherever they are. */
    InstanceGateway gateway(Partitions partitions, InstanceQueries queries) {
        ClusterGateway gateway = new ClusterGateway(
                partitions,
                partitions::isHere,
                links,
                roster,
                Traces.of(queries),
                new ClusterGateway.Limits(
                        settings.get(SettingCatalog.CLUSTER_CALL_PATIENCE),
                        settings.get(SettingCatalog.CLUSTER_CALLS),
                        settings.get(SettingCatalog.CLUSTER_CALLS)),
                blocking);
        gateway.begin();
        return gateway;
    }

    /** What other nodes ask of instances is answered from now on. */
    void answer(Partitions partitions, PlanCache plans, PlanLookup lookup, CommitFeed commits, Dispatcher dispatcher) {
        links.respond(
                Request.RequestCase.ASK,
                AskResponder.of(partitions, plans, lookup, commits, blocking, dispatcher::isElsewhere));
    }

    /** The way of messages to instances, wherever they are. */
    MessageCourier courier(Partitions partitions) {
        MessageRelay relay = new MessageRelay(partitions, partitions::look, links, roster);
        relay.begin();
        return relay;
    }

    /** What is committed on one node is told on all. */
    void relay(CommitFeed commits, Partitions partitions, InstanceQueries queries) {
        new CommitRelay(commits, partitions, links, roster, queries::find, blocking).begin();
    }

    void relaySchedules(ChangeFeed schedules) {
        relay(
                schedules,
                Notice.newBuilder()
                        .setSchedulesChanged(SchedulesChanged.getDefaultInstance())
                        .build());
    }

    void relayEvents(ChangeFeed events) {
        relay(
                events,
                Notice.newBuilder()
                        .setEventsChanged(EventsChanged.getDefaultInstance())
                        .build());
    }

    void relayDeployments(PlanLookup lookup) {
        new DeploymentNews(lookup, links, roster).begin();
    }

    private void relay(ChangeFeed feed, Notice notice) {
        new ChangeRelay(feed, notice, links, blocking).begin();
    }

    /**
     * Listens for other nodes.
     *
     * @return host:port at which they reach this one
     * @throws IllegalStateException if the port is taken
     */
    String open() {
        String own = settings.get(SettingCatalog.CLUSTER_BIND_ADDRESS);
        String bindAddress = own.isBlank() ? settings.bindAddress() : own;
        PeerDoor opened = PeerDoor.open(
                new InetSocketAddress(bindAddress, settings.get(SettingCatalog.CLUSTER_PORT)), tls, links);
        door = opened;
        links.begin();
        return AdvertisedAddress.of(
                settings.get(SettingCatalog.CLUSTER_ADVERTISED_ADDRESS), bindAddress, opened.port());
    }

    @Override
    public void close() {
        links.close();
        PeerDoor open = door;
        if (open != null) {
            open.close();
        }
    }
}
