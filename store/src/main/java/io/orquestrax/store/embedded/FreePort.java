package io.orquestrax.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a port on loopback that nobody listens on. */
final class FreePort {
    private FreePort() {}

    /** The wanted one where it is free; any where it is taken, or 0. */
    static int like(int wanted) throws IOException {
        if (wanted != 0 && isFree(wanted)) {
            return wanted;
        }
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
