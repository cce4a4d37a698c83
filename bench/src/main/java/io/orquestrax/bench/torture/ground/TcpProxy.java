package io.orquestrax.bench.torture.ground;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A door on loopback whose connections lead to wherever the route says when they come, and can be cut or held.
 *
 * <p>A held connection stays open at both ends and carries nothing, in either direction, until it is let go: what a
 * network does that swallows packets.
 */
final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CONNECT_LIMIT_MILLIS = 2_000;
    private static final int CONNECT_ATTEMPTS = 4;

    private final ServerSocket door;
    private final Supplier<Optional<Upstream>> route;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private TcpProxy(ServerSocket door, Supplier<Optional<Upstream>> route) {
        this.door = door;
        this.route = route;
    }

    /**
     * Where a connection leads.
     *
     * @param name of the process behind it
     */
    record Upstream(String name, int port) {}

    /** What becomes of the connections that it is about. */
    enum Flow {
        HELD,
        CUT
    }

    /** Some connections, those to come included, do not pass while this is in force. */
    record Disturbance(Predicate<Link> about, Flow flow) {}

    static TcpProxy open(String name, Supplier<Optional<Upstream>> route) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), route);
            Thread.ofPlatform().name(name + "-proxy").daemon().start(proxy::acceptUntilClosed);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    void disturb(Disturbance disturbance) {
        disturbances.add(disturbance);
        if (disturbance.flow() == Flow.CUT) {
            links.stream().filter(disturbance.about()).forEach(Link::cut);
        }
    }

    void calm(Disturbance disturbance) {
        disturbances.remove(disturbance);
        wakeAll();
    }

    @Override
    public void close() {
        closeQuietly(door);
        disturbances.clear();
        links.forEach(Link::cut);
        wakeAll();
    }

    private void acceptUntilClosed() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Link link = new Link(client);
                links.add(link);
                Thread.ofVirtual().name("proxy-link").start(link::run);
            } catch (IOException closedOrLost) {
                // Closed: the loop ends. One connection lost while it was accepted: its client sees that itself.
                Thread.onSpinWait();
            }
        }
    }

    private Optional<Flow> flowOf(Link link) {
        return disturbances.stream()
                .filter(disturbance -> disturbance.about().test(link))
                .map(Disturbance::flow)
                .findFirst();
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception alreadyGone) {
            // Nothing is left to close then.
        }
    }

    /** One connection of a client, and the one that it leads to. */
    final class Link {
        private final Socket client;
        private volatile Socket server = new Socket();
        private final Map<Long, Boolean> holders = new ConcurrentHashMap<>();
        private volatile String target = "";

        private Link(Socket client) {
            this.client = client;
        }

        /** Whether this process is its client. */
        boolean isFrom(long pid) {
            return holders.computeIfAbsent(pid, one -> SocketOwner.holds(one, client.getPort(), port()));
        }

        /** Name of the process that it leads to; empty until it does. */
        String target() {
            return target;
        }

        private void run() {
            try {
                // A network that swallows packets does not answer the first one either.
                awaitPassing();
                connect();
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread back = Thread.ofVirtual().name("proxy-back").start(() -> pump(server, client));
                pump(client, server);
                back.join();
            } catch (IOException nobodyThere) {
                cut();
            } catch (InterruptedException interrupted) {
                cut();
                Thread.currentThread().interrupt();
            } finally {
                cut();
                links.remove(this);
            }
        }

        /** Who does not listen any more is passed over, as load balancers do. */
        private void connect() throws IOException {
            for (int attempt = 1; ; attempt++) {
                Upstream upstream = route.get().orElseThrow(() -> new IOException("Nowhere to go now"));
                target = upstream.name();
                awaitPassing();
                try {
                    server.connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream.port()),
                            CONNECT_LIMIT_MILLIS);
                    return;
                } catch (ConnectException refused) {
                    closeQuietly(server);
                    if (attempt == CONNECT_ATTEMPTS) {
                        throw refused;
                    }
                    server = new Socket();
                }
            }
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    awaitPassing();
                    int taken = length;
                    if (!isTaken(() -> out.write(buffer, 0, taken))) {
                        return;
                    }
                }
                // The end is a packet too.
                awaitPassing();
                var _ = isTaken(to::shutdownOutput);
            } catch (IOException broken) {
                awaitPassingOrCut();
                cut();
            }
        }

        /** Who takes nothing any more may have said something before; the other direction sees the end of that. */
        private static boolean isTaken(Writing writing) {
            try {
                writing.write();
                return true;
            } catch (IOException closed) {
                return false;
            }
        }

        private void awaitPassing() throws IOException {
            if (disturbances.isEmpty()) {
                return;
            }
            lock.lock();
            try {
                Optional<Flow> flow = flowOf(this);
                while (flow.isPresent() && flow.get() == Flow.HELD) {
                    changed.awaitUninterruptibly();
                    flow = flowOf(this);
                }
                if (flow.isPresent()) {
                    throw new IOException("Cut");
                }
            } finally {
                lock.unlock();
            }
        }

        /** Also the news that one end is gone does not get through a held connection. */
        private void awaitPassingOrCut() {
            try {
                awaitPassing();
            } catch (IOException cutMeanwhile) {
                // It is cut now in any case.
            }
        }

        private void cut() {
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException alreadyClosed) {
                // Then there is nobody to be told.
            }
            closeQuietly(socket);
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
