package io.orquestrax.bench.torture.ground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that nobody listens on: a process that is started again keeps the one that it was given.
 *
 * <p>They are none of those that the system gives to connections: while the process is down, one of these could take
 * its port, and it would not start again.
 */
final class FreePorts {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LOWEST = 12_000;
    private static final int USUAL_RANGE = 32_768;
    private static final int MOST_ATTEMPTS = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    static int one() {
        int end = firstOfConnections();
        for (int attempt = 0; attempt < MOST_ATTEMPTS && end > LOWEST; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "Expected a free port from " + LOWEST + " to " + (end - 1) + ", but found none");
    }

    /** The lowest port that the system gives to connections by itself. The file can only be read in one go. */
    static int firstOfConnections() {
        try {
            return Integer.parseInt(Files.readAllLines(RANGE).getFirst().split("\\s+", 2)[0]);
        } catch (IOException notLinux) {
            return USUAL_RANGE;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
