package io.orquestrax.server.node;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of the database's driver, which makes the factory by its name and connects them itself. */
public abstract class DriverSockets extends SocketFactory {

    @Override
    public abstract Socket createSocket();

    @Override
    public final Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("Expected the driver to connect the socket itself");
    }

    @Override
    public final Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public final Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public final Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }
}
