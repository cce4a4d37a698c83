package io.orquestrax.server.connector.asyncapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that lead to the address that was checked, whatever else they are told to connect to, and speak TLS with the
 * host that the document names. A client that gets them believes that it speaks without.
 */
final class PinnedSockets extends SocketFactory {
    private final Guarded.Place place;
    private final @Nullable SSLContext tls;

    /**
     * @param tls null for none
     */
    PinnedSockets(Guarded.Place place, @Nullable SSLContext tls) {
        this.place = place;
        this.tls = tls;
    }

    @Override
    public Socket createSocket() {
        return new Pinned(place, tls);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(place.address(), place.port()));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket("", port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket("", port);
    }

    /** Two sockets in one: the plain one until it is connected, and from then on what stands on it. */
    private static final class Pinned extends Socket {
        private final Guarded.Place place;
        private final @Nullable SSLContext tls;
        private volatile Socket current = new Socket();

        Pinned(Guarded.Place place, @Nullable SSLContext tls) {
            this.place = place;
            this.tls = tls;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            Socket plain = current;
            plain.connect(new InetSocketAddress(place.address(), place.port()), timeoutMillis);
            if (tls != null) {
                int patience = plain.getSoTimeout();
                plain.setSoTimeout(timeoutMillis);
                current = PinnedTls.over(plain, place, tls);
                plain.setSoTimeout(patience);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return current.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return current.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            current.close();
        }

        @Override
        public boolean isClosed() {
            return current.isClosed();
        }

        @Override
        public boolean isConnected() {
            return current.isConnected();
        }

        @Override
        public void shutdownInput() throws IOException {
            current.shutdownInput();
        }

        @Override
        public void shutdownOutput() throws IOException {
            current.shutdownOutput();
        }

        @Override
        public void setSoTimeout(int timeoutMillis) throws SocketException {
            current.setSoTimeout(timeoutMillis);
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return current.getSoTimeout();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            current.setTcpNoDelay(on);
        }

        @Override
        public void setKeepAlive(boolean on) throws SocketException {
            current.setKeepAlive(on);
        }

        @Override
        public void setSoLinger(boolean on, int seconds) throws SocketException {
            current.setSoLinger(on, seconds);
        }

        @Override
        public InetAddress getInetAddress() {
            return place.address();
        }

        @Override
        public int getPort() {
            return place.port();
        }

        @Override
        public InetAddress getLocalAddress() {
            return current.getLocalAddress();
        }

        @Override
        public int getLocalPort() {
            return current.getLocalPort();
        }
    }
}
