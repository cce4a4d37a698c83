package io.orquestrax.server.peer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes in one JVM: what one says comes to the other in order, on a thread of the network's own, until somebody
 * cuts the link between them.
 *
 * <p>Every pair of nodes is linked from the start. {@link #hold} keeps everything that is said from now on on its way,
 * {@link #release} lets it go on, and {@link #settle} waits until nothing is on its way.
 */
public final class TestingNetwork extends TestingWires implements AutoCloseable {
    private final Map<String, TestingPeers> nodes = new LinkedHashMap<>();
    private final Set<Set<String>> cut = new HashSet<>();
    private final Queue<Delivery> underWay = new ArrayDeque<>();
    private final @Nullable Thread thread;
    private boolean held;
    private boolean busy;
    private boolean closed;

    /**
     * One thing on its way.
     *
     * @param arrive handles it at the other end
     */
    private record Delivery(String from, String to, Runnable arrive) {}

    public TestingNetwork() {
        thread = Thread.ofVirtual().name("testing-network").start(this::run);
    }

    /** Has no thread of its own: things arrive when somebody settles, and on that thread. */
    public static TestingNetwork settledByHand() {
        return new TestingNetwork(null);
    }

    private TestingNetwork(@Nullable Thread thread) {
        this.thread = thread;
    }

    /** Joins; the nodes that are there are told that it is linked. */
    public synchronized TestingPeers node(String id) {
        TestingPeers joining = new TestingPeers(this, id);
        nodes.put(id, joining);
        for (String other : List.copyOf(nodes.keySet())) {
            if (!other.equals(id)) {
                linkBoth(id, other);
            }
        }
        return joining;
    }

    /** Breaks the link of two nodes: what is under way between them is gone, and what they say is too. */
    public synchronized void cut(String one, String other) {
        if (!cut.add(Set.of(one, other))) {
            return;
        }
        underWay.removeIf(delivery ->
                !isOfNetwork(delivery) && Set.of(delivery.from(), delivery.to()).equals(Set.of(one, other)));
        later(one, () -> lose(one, other));
        later(other, () -> lose(other, one));
    }

    public synchronized void restore(String one, String other) {
        if (cut.remove(Set.of(one, other))) {
            linkBoth(one, other);
        }
    }

    /** The node is gone, with all its links. */
    public synchronized void remove(String node) {
        for (String other : List.copyOf(nodes.keySet())) {
            if (!other.equals(node)) {
                cut(node, other);
            }
        }
    }

    public synchronized void hold() {
        held = true;
    }

    public synchronized void release() {
        held = false;
        notifyAll();
    }

    /** Waits until everything has arrived, and what was said upon that too. */
    public void settle() {
        if (thread == null) {
            for (Delivery next = poll(); next != null; next = poll()) {
                next.arrive().run();
            }
        } else {
            awaitSettled();
        }
    }

    private synchronized @Nullable Delivery poll() {
        return underWay.poll();
    }

    private synchronized void awaitSettled() {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (busy || !underWay.isEmpty()) {
                if (held || System.nanoTime() > deadlineNanos) {
                    throw new AssertionError("Expected everything to arrive, but " + underWay.size() + " are under way"
                            + (held ? " and held" : ""));
                }
                wait(100);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Expected everything to arrive, but was interrupted", interrupted);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** False where the two are cut from each other, so that it is gone. */
    @Override
    synchronized boolean send(String from, String to, Runnable arrive) {
        if (!isLinked(from, to)) {
            return false;
        }
        add(new Delivery(from, to, arrive));
        return true;
    }

    @Override
    synchronized Set<String> linkedTo(String node) {
        Set<String> linked = new HashSet<>();
        for (String other : nodes.keySet()) {
            if (isLinked(node, other)) {
                linked.add(other);
            }
        }
        return linked;
    }

    /** In order with all else. */
    @Override
    synchronized void later(String node, Runnable news) {
        add(new Delivery("", "", news));
    }

    @Override
    TestingPeers find(String node) {
        synchronized (this) {
            TestingPeers found = nodes.get(node);
            if (found == null) {
                throw new AssertionError("Expected a node " + node + " in the network");
            }
            return found;
        }
    }

    private boolean isLinked(String one, String other) {
        return !one.equals(other) && nodes.containsKey(other) && !cut.contains(Set.of(one, other));
    }

    private void lose(String one, String other) {
        find(one).failUnanswered(other);
        find(one).lose(other);
    }

    private void linkBoth(String one, String other) {
        if (isLinked(one, other)) {
            later(one, () -> find(one).link(other));
            later(other, () -> find(other).link(one));
        }
    }

    private static boolean isOfNetwork(Delivery delivery) {
        return delivery.from().isEmpty();
    }

    private void add(Delivery delivery) {
        underWay.add(delivery);
        notifyAll();
    }

    private void run() {
        for (Delivery next = take(); next != null; next = take()) {
            try {
                next.arrive().run();
            } finally {
                synchronized (this) {
                    busy = false;
                    notifyAll();
                }
            }
        }
    }

    private synchronized @Nullable Delivery take() {
        try {
            while (!closed && (held || underWay.isEmpty())) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
        if (closed) {
            return null;
        }
        busy = true;
        return underWay.remove();
    }
}
