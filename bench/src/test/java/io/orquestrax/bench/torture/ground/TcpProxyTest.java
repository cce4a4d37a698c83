package io.orquestrax.bench.torture.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.bench.torture.ground.TcpProxy.Disturbance;
import io.orquestrax.bench.torture.ground.TcpProxy.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static final int QUIET_MILLIS = 300;

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = TcpProxy.open("test", () -> Optional.of(new TcpProxy.Upstream("echo", echo.getLocalPort())));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void carriesWhatIsSent() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void aHeldConnectionCarriesNothingAndThenEverything() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, 1)).isEqualTo(1);
            Disturbance held = new Disturbance(link -> true, Flow.HELD);
            proxy.disturb(held);
            client.setSoTimeout(QUIET_MILLIS);
            assertThatThrownBy(() -> answer(client, 2)).isInstanceOf(SocketTimeoutException.class);

            proxy.calm(held);

            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void aCutConnectionEndsAndNoNewOneIsHad() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, 1)).isEqualTo(1);
            Disturbance cut = new Disturbance(link -> true, Flow.CUT);

            proxy.disturb(cut);

            assertThatThrownBy(() -> requireAnswer(client)).isInstanceOf(IOException.class);
            try (Socket second = connect()) {
                assertThatThrownBy(() -> requireAnswer(second)).isInstanceOf(IOException.class);
            }
            proxy.calm(cut);
            try (Socket third = connect()) {
                assertThat(answer(third, 3)).isEqualTo(3);
            }
        }
    }

    @Test
    void disturbsOnlyTheConnectionsThatItIsAbout() throws IOException {
        long self = ProcessHandle.current().pid();
        try (Socket client = connect()) {
            // The next number may be a thread of this process, which holds the same sockets.
            proxy.disturb(new Disturbance(link -> link.isFrom(1), Flow.CUT));
            assertThat(answer(client, 1)).isEqualTo(1);

            proxy.disturb(new Disturbance(link -> link.isFrom(self), Flow.CUT));

            assertThatThrownBy(() -> requireAnswer(client)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theLastWordsOfAServerArriveAlsoWhereItListensNoMore() throws Exception {
        Disturbance held = new Disturbance(link -> true, Flow.HELD);
        try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                TcpProxy door =
                        TcpProxy.open("last", () -> Optional.of(new TcpProxy.Upstream("last", server.getLocalPort())));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port());
                Socket served = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(served.getInputStream().read()).isEqualTo(1);
            door.disturb(held);
            served.getOutputStream().write(7);
            served.setSoLinger(true, 0);
            served.close();
            client.getOutputStream().write(2);

            door.calm(held);

            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int answer(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    private static void requireAnswer(Socket client) throws IOException {
        if (answer(client, 1) < 0) {
            throw new IOException("The end");
        }
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> copy(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void copy(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException cut) {
            // The test looks at the other end.
        }
    }
}
