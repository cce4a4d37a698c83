package io.orquestrax.server.job;

import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.WatchWork;
import io.orquestrax.protocol.cluster.v1.WorkChanged;
import io.orquestrax.server.live.WorkChange;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.peer.Peers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Brings to each node what changes of work at the others, as far as somebody watches it there. */
final class PeerWork implements WorkFeed.Elsewhere {
    /** Instances that one node may watch; of those beyond, its pages hear with the next commit. */
    private static final int MAX_WATCHED = 20_000;

    private final Peers peers;
    private final WorkFeed feed;
    private final Map<String, Watched> byNode = new ConcurrentHashMap<>();

    /** What somebody at another node watches. */
    private static final class Watched {
        private final Set<UUID> instances = ConcurrentHashMap.newKeySet();
        private volatile boolean isOfWorkers;
    }

    PeerWork(Peers peers, WorkFeed feed) {
        this.peers = peers;
        this.feed = feed;
    }

    @Override
    public boolean isWatched(UUID instance) {
        return byNode.values().stream().anyMatch(watched -> watched.instances.contains(instance));
    }

    @Override
    public boolean areWorkersWatched() {
        return byNode.values().stream().anyMatch(watched -> watched.isOfWorkers);
    }

    @Override
    public void publish(WorkChange change) {
        byNode.forEach((node, watched) -> {
            List<String> instances = change.instances().stream()
                    .filter(watched.instances::contains)
                    .map(UUID::toString)
                    .toList();
            boolean isOfWorkers = change.isOfWorkers() && watched.isOfWorkers;
            if (isOfWorkers || !instances.isEmpty()) {
                peers.tell(
                        node,
                        Notice.newBuilder()
                                .setWorkChanged(WorkChanged.newBuilder()
                                        .addAllInstanceIds(instances)
                                        .setIsOfWorkers(isOfWorkers))
                                .build());
            }
        });
    }

    @Override
    public synchronized void watched(UUID instance, boolean isWatched) {
        WatchWork.Builder watch = WatchWork.newBuilder();
        if (isWatched) {
            watch.addAdd(instance.toString());
        } else {
            watch.addRemove(instance.toString());
        }
        tellAll(watch);
    }

    @Override
    public synchronized void workersWatched(boolean areWatched) {
        tellAll(WatchWork.newBuilder().setWorkers(areWatched));
    }

    private void tellAll(WatchWork.Builder watch) {
        peers.tellAll(Notice.newBuilder().setWatchWork(watch).build());
    }

    /** All of it, since what was told before may not have come; in order with what is told of changes. */
    synchronized void linked(String node) {
        WatchWork.Builder watch = WatchWork.newBuilder().setAnew(true).setWorkers(feed.areWorkersWatchedHere());
        feed.watchedHere().forEach(instance -> watch.addAdd(instance.toString()));
        peers.tell(node, Notice.newBuilder().setWatchWork(watch).build());
    }

    void watch(String node, WatchWork notice) {
        Watched watched = byNode.computeIfAbsent(node, id -> new Watched());
        if (notice.getAnew()) {
            watched.instances.clear();
        }
        notice.getRemoveList().forEach(id -> watched.instances.remove(UUID.fromString(id)));
        notice.getAddList().stream()
                .limit(Math.max(0, MAX_WATCHED - watched.instances.size()))
                .forEach(id -> watched.instances.add(UUID.fromString(id)));
        if (notice.hasWorkers()) {
            watched.isOfWorkers = notice.getWorkers();
        }
    }

    void changed(WorkChanged notice) {
        Set<UUID> instances = notice.getInstanceIdsList().stream()
                .map(UUID::fromString)
                .collect(Collectors.toCollection(HashSet::new));
        feed.tell(new WorkChange(instances, notice.getIsOfWorkers(), false));
    }

    /**
     * @param nodes the living ones, and those that are linked
     */
    void known(Set<String> nodes) {
        byNode.keySet().retainAll(nodes);
    }
}
