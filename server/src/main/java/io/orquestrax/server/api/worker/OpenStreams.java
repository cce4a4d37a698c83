package io.orquestrax.server.api.worker;

import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The streams of workers that are open, and the nodes where they can go. */
final class OpenStreams {
    /** More are of no use to a worker. */
    private static final int MAX_ADDRESSES = 100;

    private final RosterSource roster;
    private final Set<WorkerStream> open = ConcurrentHashMap.newKeySet();
    private volatile List<String> addresses;
    private volatile boolean isLeaving;

    @SuppressWarnings("ThisEscapedInObjectConstruction") // It is whole by then.
    OpenStreams(RosterSource roster) {
        this.roster = roster;
        this.addresses = addresses(roster.current());
        var _ = roster.watch(this::changed);
    }

    /** host:port of all nodes that serve now, this one first. */
    List<String> addresses() {
        return addresses;
    }

    void opened(WorkerStream stream) {
        open.add(stream);
        if (isLeaving) {
            sendAway(stream);
        }
    }

    void closed(WorkerStream stream) {
        open.remove(stream);
    }

    /** The workers go on at other nodes, if there are any. */
    void leave() {
        isLeaving = true;
        open.forEach(this::sendAway);
    }

    private void sendAway(WorkerStream stream) {
        List<String> others =
                serving(roster.current(), false).limit(MAX_ADDRESSES).toList();
        if (!others.isEmpty()) {
            stream.goOn(others, true);
        }
    }

    private void changed(Roster now) {
        List<String> next = addresses(now);
        if (!next.equals(addresses)) {
            addresses = next;
            if (!isLeaving) {
                open.forEach(stream -> stream.goOn(next, false));
            }
        }
    }

    private static List<String> addresses(Roster roster) {
        return Stream.concat(serving(roster, true), serving(roster, false))
                .limit(MAX_ADDRESSES)
                .toList();
    }

    private static Stream<String> serving(Roster roster, boolean isSelf) {
        return roster.members().stream()
                .filter(member -> member.id().equals(roster.self()) == isSelf)
                .filter(Roster.Member::takesCalls)
                .map(Roster.Member::apiAddress)
                .filter(address -> !address.isEmpty());
    }
}
