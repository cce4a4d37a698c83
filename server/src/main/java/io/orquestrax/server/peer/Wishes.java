package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Watch;
import io.orquestrax.server.live.CommitFeed.Interest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What one other node is still to be told of what is watched here, since it was linked. For one thread at a time. */
final class Wishes {
    private final Set<Interest> toAdd = new LinkedHashSet<>();
    private final Set<Interest> toRemove = new LinkedHashSet<>();
    private final Set<Interest> told = new LinkedHashSet<>();
    private final boolean knowsEnds;
    private boolean isAnew = true;
    private boolean isUnderWay;

    /**
     * @param knowsEnds whether the node can tell of ends alone; one that cannot tells of each change
     */
    Wishes(boolean knowsEnds) {
        this.knowsEnds = knowsEnds;
    }

    void add(Interest interest) {
        toRemove.remove(interest);
        toAdd.add(interest);
    }

    void remove(Interest interest) {
        toAdd.remove(interest);
        if (told.remove(interest)) {
            toRemove.add(interest);
        }
    }

    boolean mayGo() {
        return !isUnderWay && (isAnew || !toAdd.isEmpty() || !toRemove.isEmpty());
    }

    List<Interest> added() {
        return List.copyOf(toAdd);
    }

    /** From now on it is under way. */
    Watch take() {
        Watch.Builder watch = Watch.newBuilder().setAnew(isAnew);
        for (Interest interest : toAdd) {
            switch (interest) {
                case Interest.Everything all -> watch.setEverything(true);
                case Interest.Instance(UUID id) -> watch.addAdd(id.toString());
                case Interest.ChildrenOf(UUID parent) -> watch.addAddParents(parent.toString());
                case Interest.EndOf(UUID id) when knowsEnds -> watch.addAddEnds(id.toString());
                case Interest.EndOf(UUID id) -> watch.addAdd(id.toString());
            }
        }
        for (Interest interest : toRemove) {
            switch (interest) {
                case Interest.Everything all -> watch.setEverything(false);
                case Interest.Instance(UUID id) -> watch.addRemove(id.toString());
                case Interest.ChildrenOf(UUID parent) -> watch.addRemoveParents(parent.toString());
                case Interest.EndOf(UUID id) when knowsEnds -> watch.addRemoveEnds(id.toString());
                // More than its end may be watched; and who does not know ends is soon gone, for it is being upgraded.
                case Interest.EndOf unknown -> {}
            }
        }
        told.addAll(toAdd);
        toAdd.clear();
        toRemove.clear();
        isAnew = false;
        isUnderWay = true;
        return watch.build();
    }

    void answered() {
        isUnderWay = false;
    }
}
