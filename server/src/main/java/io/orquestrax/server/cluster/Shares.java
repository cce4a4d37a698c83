package io.orquestrax.server.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

    /** What a node that does not serve yet would get if it did now; none where nobody serves, who could give it. */
    static List<Integer> comingTo(String node, Roster roster) {
        List<String> present = new ArrayList<>(alive(roster, Roster.State.SERVING));
        if (present.isEmpty() && alive(roster, Roster.State.DRAINING).isEmpty()) {
            return List.of();
        }
        present.add(node);
        present.sort(null);
        List<String> owners = Rendezvous.owners(present, roster.partitions().size());
        return IntStream.range(0, owners.size())
                .filter(number -> owners.get(number).equals(node))
                .boxed()
                .toList();
    }

    private static List<String> alive(Roster roster, Roster.State state) {
        return roster.members().stream()
                .filter(member -> member.isAlive() && member.state() == state)
                .map(Roster.Member::id)
                .sorted()
                .toList();
    }
}
