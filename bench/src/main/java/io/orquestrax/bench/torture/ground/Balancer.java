package io.orquestrax.bench.torture.ground;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Leads each new connection to the next node that says that it is ready, as a load balancer does. */
final class Balancer implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(150);

    private final List<TortureNode> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<TcpProxy.Upstream> ready = List.of();
    private volatile boolean closed;

    /** @param nodes that there are; looked at anew each time */
    Balancer(CopyOnWriteArrayList<TortureNode> nodes) {
        this.nodes = nodes;
        Thread.ofPlatform().name("balancer").daemon().start(this::probeUntilClosed);
    }

    Optional<TcpProxy.Upstream> next() {
        List<TcpProxy.Upstream> now = ready;
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(now.get(Math.floorMod(turn.getAndIncrement(), now.size())));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void probeUntilClosed() {
        while (!closed) {
            ready = nodes.parallelStream()
                    .filter(TortureNode::isReady)
                    .map(TortureNode::upstream)
                    .toList();
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }
}
