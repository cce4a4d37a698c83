package io.orquestrax.server.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * As {@link TestingNetwork}, but nothing arrives by itself, and a random draw says what arrives next.
 *
 * <p>As between real nodes, each has a link of its own to each other one: what its opener says is in order, and what
 * comes back over it too, but nothing else is. A link breaks alone, and some of what was said over it may arrive until
 * there is a new one. Whoever has other things to do in order, apart from the network, has lanes for them.
 */
public final class ShuffledNetwork extends TestingWires {
    private final Random random;
    private final Map<String, TestingPeers> nodes = new LinkedHashMap<>();
    private final Map<Lane, Queue<Runnable>> lanes = new LinkedHashMap<>();
    private final Map<Link, Long> numbers = new HashMap<>();
    private final Set<Link> broken = new LinkedHashSet<>();
    private final Set<Lane> held = new LinkedHashSet<>();

    public ShuffledNetwork(Random random) {
        this.random = random;
    }

    /** From the node that opened it. */
    private record Link(String from, String to) {}

    private sealed interface Lane {
        record Said(Link link) implements Lane {}

        record Answered(Link link) implements Lane {}

        record Own(String name) implements Lane {}
    }

    /** Joins; all nodes hear of their links in time. */
    public TestingPeers node(String id) {
        TestingPeers joining = new TestingPeers(this, id);
        nodes.put(id, joining);
        for (String other : List.copyOf(nodes.keySet())) {
            if (!other.equals(id)) {
                tellLinked(new Link(id, other));
                tellLinked(new Link(other, id));
            }
        }
        return joining;
    }

    /** The node is gone, with all its links. */
    public void remove(String node) {
        for (String other : List.copyOf(nodes.keySet())) {
            if (!other.equals(node)) {
                cut(node, other);
                cut(other, node);
            }
        }
        nodes.remove(node);
        drop(node);
        lanes.keySet()
                .removeIf(lane ->
                        lane instanceof Lane.Said said && said.link().to().equals(node));
    }

    /** Breaks the link that one node opened to the other. */
    public void cut(String from, String to) {
        Link link = new Link(from, to);
        if (!broken.add(link)) {
            return;
        }
        lanes.remove(new Lane.Answered(link));
        Queue<Runnable> said = lanes.get(new Lane.Said(link));
        if (said != null) {
            List<Runnable> arriving = new ArrayList<>(said).subList(0, random.nextInt(said.size() + 1));
            said.clear();
            said.addAll(arriving);
        }
        find(from).failUnanswered(to);
        later(from, () -> find(from).lose(to));
    }

    public void restore(String from, String to) {
        Link link = new Link(from, to);
        if (nodes.containsKey(from) && nodes.containsKey(to) && broken.remove(link)) {
            forget(link);
            numbers.merge(link, 1L, Long::sum);
            tellLinked(link);
        }
    }

    public void restoreAll() {
        List.copyOf(broken).forEach(link -> restore(link.from(), link.to()));
    }

    /** What one node says to the other stays on its way. */
    public void hold(String from, String to) {
        held.add(new Lane.Said(new Link(from, to)));
    }

    /** The answers to what one node asks the other stay on their way. */
    public void holdAnswers(String from, String to) {
        held.add(new Lane.Answered(new Link(from, to)));
    }

    /** What waits on a lane stays there. */
    public void hold(String lane) {
        held.add(new Lane.Own(lane));
    }

    /** What one node says to the other goes on. */
    public void release(String from, String to) {
        held.remove(new Lane.Said(new Link(from, to)));
    }

    public void release() {
        held.clear();
    }

    /** In order with whatever else is on the lane of that name; that of a node has what it hears of its links. */
    @Override
    public void later(String lane, Runnable action) {
        add(new Lane.Own(lane), action);
    }

    /** Does what waits on a lane now, before all else. */
    public void finish(String lane) {
        Queue<Runnable> waiting = lanes.getOrDefault(new Lane.Own(lane), new ArrayDeque<>());
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** What waits on a lane is never done. */
    public void drop(String lane) {
        lanes.remove(new Lane.Own(lane));
    }

    /** One thing arrives or is done; false where there is none. */
    public boolean step() {
        List<Queue<Runnable>> busy = lanes.entrySet().stream()
                .filter(lane -> !lane.getValue().isEmpty() && !held.contains(lane.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(random.nextInt(busy.size())).remove().run();
        return true;
    }

    /** Whatever is not held arrives. */
    public void settle() {
        int steps = 0;
        while (step()) {
            if (++steps > 1_000_000) {
                throw new AssertionError("Expected everything to arrive, but it does not end");
            }
        }
    }

    @Override
    Set<String> linkedTo(String node) {
        Set<String> linked = new TreeSet<>(nodes.keySet());
        linked.removeIf(other -> !isUp(new Link(node, other)));
        return linked;
    }

    @Override
    TestingPeers find(String node) {
        TestingPeers found = nodes.get(node);
        if (found == null) {
            throw new AssertionError("Expected a node " + node + " in the network");
        }
        return found;
    }

    @Override
    boolean send(String from, String to, Runnable arrive) {
        Link link = new Link(from, to);
        if (!isUp(link)) {
            return false;
        }
        add(new Lane.Said(link), arrive);
        return true;
    }

    @Override
    long linkNumber(String from, String to) {
        return numbers.getOrDefault(new Link(from, to), 0L);
    }

    @Override
    void answer(String from, String to, long linkNumber, Runnable arrive) {
        Link link = new Link(to, from);
        if (isUp(link) && linkNumber(to, from) == linkNumber) {
            add(new Lane.Answered(link), arrive);
        }
    }

    private boolean isUp(Link link) {
        return !link.from().equals(link.to())
                && nodes.containsKey(link.from())
                && nodes.containsKey(link.to())
                && !broken.contains(link);
    }

    private void tellLinked(Link link) {
        if (isUp(link)) {
            later(link.from(), () -> find(link.from()).link(link.to()));
        }
    }

    private void forget(Link link) {
        lanes.remove(new Lane.Said(link));
    }

    private void add(Lane lane, Runnable action) {
        lanes.computeIfAbsent(lane, any -> new ArrayDeque<>()).add(action);
    }
}
