package io.orquestrax.server.connector.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a container engine listens. */
public sealed interface EngineAddress {
    String EXPECTATION = "unix:///path or tcp://host:port";

    /** A connection of its own. Closed by interrupting the thread. */
    SocketChannel connect() throws IOException;

    /** Empty where it is of neither form. */
    static Optional<EngineAddress> parse(String text) {
        Matcher unix = Unix.FORM.matcher(text);
        if (unix.matches()) {
            return Optional.of(new Unix(unix.group(1)));
        }
        Matcher tcp = Tcp.FORM.matcher(text);
        return tcp.matches() ? Optional.of(new Tcp(tcp.group(1), Integer.parseInt(tcp.group(2)))) : Optional.empty();
    }

    /** A socket in the file system. */
    record Unix(String path) implements EngineAddress {
        private static final Pattern FORM = Pattern.compile("unix://(/.+)");

        @Override
        public SocketChannel connect() throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            return connected(channel, () -> channel.connect(UnixDomainSocketAddress.of(path)));
        }

        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /** A port without TLS, which only a loopback or a network of its own should have. */
    record Tcp(String host, int port) implements EngineAddress {
        private static final Pattern FORM =
                Pattern.compile("(?:tcp|http)://([^/:\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):(\\d{1,5})/?");

        @Override
        public SocketChannel connect() throws IOException {
            SocketChannel channel = SocketChannel.open();
            return connected(channel, () -> channel.connect(new InetSocketAddress(host, port)));
        }

        @Override
        public String toString() {
            return "tcp://" + host + ":" + port;
        }
    }

    /** Connects a channel, or closes it. */
    interface Connecting {
        boolean connect() throws IOException;
    }

    private static SocketChannel connected(SocketChannel channel, Connecting connecting) throws IOException {
        try {
            connecting.connect();
            return channel;
        } catch (IOException | RuntimeException impossible) {
            channel.close();
            throw impossible;
        }
    }
}
