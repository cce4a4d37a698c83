package io.orquestrax.store.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A network between driver and server that breaks when the test wants it to. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int serverPort;
    private final List<Socket> clients = new ArrayList<>();
    private final List<Socket> servers = new ArrayList<>();
    private volatile boolean isAnswerLost;

    CuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** The next answer of the server on any connection is not delivered; the connection breaks instead. */
    void loseNextAnswer() {
        isAnswerLost = true;
    }

    boolean hasLostAnswer() {
        return !isAnswerLost;
    }

    /** Breaks all connections towards the clients; the server does not notice. */
    synchronized void cutClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                synchronized (this) {
                    clients.add(client);
                    servers.add(server);
                }
                Thread.ofVirtual().start(() -> forwardRequests(client, server));
                Thread.ofVirtual().start(() -> forwardAnswers(server, client));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void forwardRequests(Socket client, Socket server) {
        try (InputStream in = client.getInputStream()) {
            in.transferTo(server.getOutputStream());
        } catch (IOException expectedWhenCut) {
            // The server is kept connected: that is what a broken network looks like from its side.
            return;
        }
    }

    private void forwardAnswers(Socket server, Socket client) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isAnswerLost) {
                    isAnswerLost = false;
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException expectedWhenCut) {
            return;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        door.close();
        cutClients();
        for (Socket server : servers) {
            server.close();
        }
    }
}
