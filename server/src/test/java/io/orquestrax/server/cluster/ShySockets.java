package io.orquestrax.server.cluster;

import io.orquestrax.server.node.DriverSockets;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets of the database's driver that do not connect while the test wants so; the driver makes it by its name. */
public final class ShySockets extends DriverSockets {
    private static final Map<String, Shyness> BY_NAME = new ConcurrentHashMap<>();

    private final Shyness shyness;

    /**
     * @param name of the {@link Shyness}
     */
    public ShySockets(String name) {
        shyness = Objects.requireNonNull(BY_NAME.get(name));
    }

    /** Whether connections come about. */
    static final class Shyness {
        private final String name = UUID.randomUUID().toString();
        private final AtomicInteger refusals = new AtomicInteger();
        private volatile boolean isShy;

        Shyness() {
            BY_NAME.put(name, this);
        }

        /** The same database, at an address whose connections are shy. */
        String url(String url) {
            return url + "?socketFactory=" + ShySockets.class.getName() + "&socketFactoryArg=" + name;
        }

        void begin() {
            isShy = true;
        }

        void end() {
            isShy = false;
        }

        int refusals() {
            return refusals.get();
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                if (shyness.isShy) {
                    shyness.refusals.incrementAndGet();
                    throw new SocketException("Refused by the test");
                }
                super.connect(endpoint, timeout);
            }
        };
    }
}
