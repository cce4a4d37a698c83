package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orquestrax.dsl.ExternalResources.UnavailableException;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.http.TestingCertificate;
import io.orquestrax.server.connector.http.TestingSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a connector reads over HTTP, it bears a remote that is slow, endless, or somebody else. */
@Timeout(120)
class HardRemotesTest {
    private static final String CONNECTORS = "http,openapi,grpc,mcp,a2a,asyncapi,shell,script";
    private static final String OAUTH2 = "{'method':'get','endpoint':{'uri':'%s','authentication':{'%s':{'authority':"
            + "'%s','grant':'client_credentials','client':{'id':'c','secret':'s3cr3t'}}}}}";

    /** What is read of whom. */
    enum Remote {
        HTTP("http"),
        OPENAPI_DOCUMENT("openapi"),
        OPENAPI_OPERATION("openapi"),
        GRPC_DOCUMENT("grpc"),
        MCP_SERVER("mcp"),
        A2A_CARD("a2a"),
        A2A_AGENT("a2a"),
        ASYNCAPI_DOCUMENT("asyncapi"),
        ASYNCAPI_CHANNEL("asyncapi"),
        SCRIPT_SOURCE("script"),
        OAUTH2_TOKEN("http"),
        OIDC_DISCOVERY("http");

        private final String type;

        Remote(String type) {
            this.type = type;
        }

        /**
         * @param hard the beginning of the URIs of the remote that is hard
         * @param site where everything else is
         */
        String with(String hard, TestingSite site) {
            return switch (this) {
                case HTTP -> "{'method':'get','endpoint':'" + hard + "/x'}";
                case OPENAPI_DOCUMENT ->
                    "{'document':{'endpoint':'" + hard + "/api.json'},'operationId':'find','parameters':{}}";
                case OPENAPI_OPERATION -> {
                    site.on("/api.json", 200, "application/json", """
                            {"openapi": "3.1.0", "servers": [{"url": "%s"}],
                             "paths": {"/x": {"get": {"operationId": "find"}}}}
                            """.formatted(hard));
                    yield "{'document':{'endpoint':'" + site.url("/api.json")
                            + "'},'operationId':'find','parameters':{}}";
                }
                case GRPC_DOCUMENT ->
                    "{'proto':{'endpoint':'" + hard + "/x.proto'},'service':{'name':'S','host':'127.0.0.1','port':1},"
                            + "'method':'M'}";
                case MCP_SERVER ->
                    "{'method':'tools/list','transport':{'http':{'endpoint':{'uri':'" + hard + "/mcp'}}}}";
                case A2A_CARD -> "{'method':'message/send','agentCard':{'endpoint':{'uri':'" + hard + "/card'}}}";
                case A2A_AGENT -> "{'method':'message/send','server':{'uri':'" + hard + "/agent'}}";
                case ASYNCAPI_DOCUMENT ->
                    "{'document':{'endpoint':{'uri':'" + hard + "/d.yaml'}},'channel':'x','message':{'payload':1}}";
                case ASYNCAPI_CHANNEL -> {
                    URI server = URI.create(hard);
                    site.on("/d.yaml", 200, "application/yaml", """
                            asyncapi: 3.0.0
                            servers: {main: {host: '%s', protocol: %s}}
                            channels: {x: {address: x}}
                            """.formatted(
                                    server.getAuthority(), server.getScheme()));
                    yield "{'document':{'endpoint':{'uri':'" + site.url("/d.yaml")
                            + "'}},'channel':'x','message':{'payload':1}}";
                }
                case SCRIPT_SOURCE -> "{'language':'python','source':{'endpoint':{'uri':'" + hard + "/x.py'}}}";
                case OAUTH2_TOKEN -> OAUTH2.formatted(site.url("/data"), "oauth2", hard);
                case OIDC_DISCOVERY -> OAUTH2.formatted(site.url("/data"), "oidc", hard);
            };
        }

        /** Whatever keeps an answer of these away is an error of another type. */
        boolean isRpc() {
            return type.equals("mcp") || type.equals("a2a");
        }
    }

    private final TestingSite site = new TestingSite();
    private final TestingSite hard = new TestingSite();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    @AfterEach
    void close() {
        testIsOver.countDown();
        site.close();
        hard.close();
    }

    @ParameterizedTest
    @EnumSource
    void isNotWaitedForLongerThanItsTime(Remote remote) {
        hard.on("/", (exchange, asked) -> testIsOver.await());

        WorkflowError error = failure(remote, hard.url(""), "400ms");

        assertThat(error.title()).isEqualTo("Call timed out");
        assertThat(error.detail()).contains("127.0.0.1:" + hard.port());
        assertThat(error.type()).endsWith(remote.isRpc() ? "/runtime" : "/communication");
    }

    @ParameterizedTest
    @EnumSource
    void isNotReadBeyondTheLimit(Remote remote) {
        hard.on("/", (exchange, asked) -> sendWithoutEnd(exchange));

        WorkflowError error = failure(remote, hard.url(""));

        assertThat(error.title()).isEqualTo("Response too large");
        assertThat(error.type()).endsWith(remote.isRpc() ? "/runtime" : "/communication");
    }

    @ParameterizedTest
    @EnumSource
    void isNotTrustedWithoutACertificateThatSomebodySigned(Remote remote, @TempDir Path directory) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestingCertificate.in(directory).context()));
        server.createContext("/", exchange -> {
            reached.countDown();
            exchange.close();
        });
        server.start();
        try {
            WorkflowError error =
                    failure(remote, "https://127.0.0.1:" + server.getAddress().getPort());

            assertThat(error.title()).isEqualTo("TLS failed");
            assertThat(error.detail()).contains("connectors.tls.authorities");
            assertThat(error.type()).endsWith(remote.isRpc() ? "/runtime" : "/communication");
            assertThat(reached.getCount()).as("nothing was sent").isOne();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLeftWhereTheJobIsCancelled(Remote remote) throws Exception {
        hard.on("/", (exchange, asked) -> {
            reached.countDown();
            testIsOver.await();
        });
        try (TestingConnectors connectors = connectors("60s")) {
            String with = remote.with(hard.url(""), site);
            FutureTask<Object> call = new FutureTask<>(() -> connectors.call(remote.type, with));
            Thread thread = Thread.ofVirtual().start(call);
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

            thread.interrupt();

            assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aFunctionIsFetchedWithinTheSameBounds(@TempDir Path directory) throws Exception {
        hard.on("/slow", (exchange, asked) -> testIsOver.await());
        hard.on("/endless", (exchange, asked) -> sendWithoutEnd(exchange));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestingCertificate.in(directory).context()));
        server.start();
        try (TestingConnectors connectors = connectors("400ms")) {
            assertThat(unavailable(connectors, hard.url("/slow"))).contains("within 400 ms");
            assertThat(unavailable(
                            connectors,
                            "https://127.0.0.1:" + server.getAddress().getPort() + "/f.yaml"))
                    .contains("certificate");
        } finally {
            server.stop(0);
        }
        try (TestingConnectors connectors = connectors("30s")) {
            assertThat(unavailable(connectors, hard.url("/endless"))).contains("bytes");
            assertThat(unavailable(connectors, hard.url("/slow"))).contains("within 5000 ms");
        }
    }

    private static String unavailable(TestingConnectors connectors, String uri) {
        return String.valueOf(catchThrowableOfType(
                        UnavailableException.class, () -> connectors.resources().find(URI.create(uri)))
                .getMessage());
    }

    private WorkflowError failure(Remote remote, String base) {
        return failure(remote, base, "30s");
    }

    private WorkflowError failure(Remote remote, String base, String timeout) {
        try (TestingConnectors connectors = connectors(timeout)) {
            return connectors.failure(remote.type, remote.with(base, site));
        }
    }

    private static TestingConnectors connectors(String timeout) {
        return TestingConnectors.of(
                Map.of(
                        "connectors", CONNECTORS,
                        "connectors.http.timeout", timeout,
                        "connectors.asyncapi.timeout", timeout,
                        "connectors.rpc.timeout", timeout),
                Map.of());
    }

    private void sendWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[64 * 1024];
        Arrays.fill(block, (byte) ' ');
        while (testIsOver.getCount() > 0) {
            exchange.getResponseBody().write(block);
        }
    }
}
