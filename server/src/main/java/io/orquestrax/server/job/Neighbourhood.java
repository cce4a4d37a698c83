package io.orquestrax.server.job;

import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.partition.PartitionAddresses;
import io.orquestrax.server.peer.Peers;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The other nodes, as the jobs see them.
 *
 * @param isServed whether this node decides for an instance, and has recovered it
 */
public record Neighbourhood(Peers peers, RosterSource roster, PartitionAddresses addresses, Predicate<UUID> isServed) {

    String self() {
        return roster.current().self();
    }

    /** Id of the node that decides for the instance, as far as this one knows; empty where nobody alive does. */
    Optional<String> ownerOf(UUID instance) {
        return roster.current().ownerOf(addresses.partitionOf(instance)).map(Roster.Member::id);
    }

    boolean isServedHere(UUID instance) {
        return isServed.test(instance);
    }

    static Set<String> alive(Roster roster) {
        return roster.members().stream()
                .filter(Roster.Member::isAlive)
                .map(Roster.Member::id)
                .collect(Collectors.toSet());
    }
}
