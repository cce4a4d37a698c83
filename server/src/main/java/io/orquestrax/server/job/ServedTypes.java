package io.orquestrax.server.job;

import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.TypesServed;
import io.orquestrax.server.live.WorkChange;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.peer.Peers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which types of jobs the workers of each node take: tells the others of this node's, and knows theirs. */
final class ServedTypes {
    /** Types that one node may tell of. */
    private static final int MAX_TYPES = 10_000;

    private final Map<String, Set<String>> byNode = new ConcurrentHashMap<>();
    private final Serial serial;
    private final WorkFeed feed;
    private final Supplier<Set<String>> own;
    private @Nullable Peers peers;
    private volatile Set<String> alive = Set.of();
    private Set<String> told = Set.of();
    private boolean isTelling;

    /**
     * @param own read under the dispatcher's lock
     */
    ServedTypes(Serial serial, WorkFeed feed, Supplier<Set<String>> own) {
        this.serial = serial;
        this.feed = feed;
        this.own = own;
    }

    void open(Peers others) {
        peers = others;
    }

    boolean isServedElsewhere(String type) {
        return byNode.entrySet().stream()
                .anyMatch(
                        node -> alive.contains(node.getKey()) && node.getValue().contains(type));
    }

    /** Under the dispatcher's lock: workers came or went. */
    void changed() {
        if (peers != null && !isTelling) {
            isTelling = true;
            serial.afterwards(this::tellAll);
        }
    }

    /** Under the dispatcher's lock. */
    void linked(String node) {
        serial.afterwards(() -> tell(List.of(node), serial.call(this::read)));
    }

    private Set<String> read() {
        isTelling = false;
        told = own.get();
        return told;
    }

    private void tellAll() {
        Set<String> before = told;
        Set<String> now = serial.call(this::read);
        if (peers != null && !now.equals(before)) {
            tell(peers.linked(), now);
        }
    }

    private void tell(Iterable<String> nodes, Set<String> types) {
        Notice notice = Notice.newBuilder()
                .setTypesServed(TypesServed.newBuilder()
                        .addAllTypes(types.stream().limit(MAX_TYPES).toList()))
                .build();
        if (peers != null) {
            for (String node : nodes) {
                peers.tell(node, notice);
            }
        }
    }

    void told(String node, TypesServed notice) {
        Set<String> types = notice.getTypesList().stream().limit(MAX_TYPES).collect(Collectors.toSet());
        if (!types.equals(byNode.put(node, types))) {
            feed.tell(new WorkChange(Set.of(), true, true));
        }
    }

    /**
     * Under the dispatcher's lock.
     *
     * @param known the living ones, and those that are linked
     */
    void alive(Set<String> nodes, Set<String> known) {
        if (!nodes.equals(alive)) {
            alive = nodes;
            serial.afterwards(() -> feed.tell(new WorkChange(Set.of(), true, true)));
        }
        byNode.keySet().retainAll(known);
    }
}
