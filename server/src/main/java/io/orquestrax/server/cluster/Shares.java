package io.orquestrax.server.cluster;

import java.util.List;

/** Who should own what, as long as the nodes stay as they are. For one thread. */
final class Shares {
    private List<String> nodes = List.of();
    private List<String> owners = List.of();

    /**
     * By partition; empty where nobody can own anything.
     *
     * <p>Those that drain own partitions only where nobody else is there: it is better than that nobody does.
     */
    List<String> owners(Roster roster) {
        List<String> serving = alive(roster, Roster.State.SERVING);
        List<String> present = serving.isEmpty() ? alive(roster, Roster.State.DRAINING) : serving;
        if (!present.equals(nodes) || owners.size() != roster.partitions().size()) {
            nodes = present;
            owners = Rendezvous.owners(present, roster.partitions().size());
        }
        return owners;
    }

    private static List<String> alive(Roster roster, Roster.State state) {
        return roster.members().stream()
                .filter(member -> member.isAlive() && member.state() == state)
                .map(Roster.Member::id)
                .sorted()
                .toList();
    }
}
