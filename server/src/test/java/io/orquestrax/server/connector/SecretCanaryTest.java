package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.Status;
import io.orquestrax.server.connector.http.TestingSite;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.InstanceRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets reach the services that are called, and nothing else: no row, no log line, no answer of the API. */
class SecretCanaryTest {
    private static final String CANARY = "canary-7f3a9c";
    private static final String TOKEN = "token-4b8e";
    private static final String USER = "canaryuser-51d2";
    private static final String BASIC =
            Base64.getEncoder().encodeToString((USER + ":" + CANARY).getBytes(StandardCharsets.UTF_8));
    private static final List<String> TRACES =
            List.of("canary", "4b8e", "7f3a9c", "51d2", BASIC, "Y2FuYXJ5", "NhbmFyeS", "jYW5hcnkt");

    private static final String DEFINITION = """
            document: {dsl: '1.0.3', namespace: test, name: secretive, version: '1.0.0'}
            use:
              secrets: [key, logIn, client]
              authentications:
                byName: {basic: {use: logIn}}
            do:
            - inHeaderQueryAndBody:
                call: http
                with:
                  method: post
                  endpoint: SITE/echo
                  headers: {X-Key: '${ "k-" + $secrets.key }', X-Packed: '${ "x:\\($secrets.key)" | @base64 }'}
                  query: {key: '${ $secrets.key }'}
                  body: {key: '${ $secrets.key }', list: ['${ "a \\($secrets.key) b" }']}
                  output: response
            - inUri:
                call: http
                with: {method: get, endpoint: '${ "SITE/echo/\\($secrets.key)?key=\\($secrets.key)" }', output: response}
            - asBytes:
                call: http
                with: {method: get, endpoint: '${ "SITE/echo/\\($secrets.key)" }', output: raw}
            - byBasic:
                call: http
                with: {method: get, endpoint: {uri: SITE/echo, authentication: {use: byName}}, output: response}
            - byBearer:
                call: http
                with: {method: get, endpoint: {uri: SITE/echo, authentication: {bearer: {use: key}}}, headers: {X-Copy: '${ $authorization.parameter }'}, output: response}
            - byToken:
                call: http
                with: {method: get, endpoint: {uri: SITE/echo, authentication: {oauth2: {use: client}}}, output: response}
            - byRefusedToken:
                try:
                - call:
                    call: http
                    with:
                      method: get
                      endpoint:
                        uri: SITE/echo
                        authentication:
                          oauth2: {authority: SITE/refusing, grant: password, username: u, password: '${ $secrets.key }'}
                catch: {do: [{keep: {set: {error: '${ $error }'}}}]}
            - byOperation:
                call: openapi
                with:
                  document: {endpoint: {uri: 'SITE/api.json', authentication: {bearer: {use: key}}}}
                  operationId: echo
                  parameters: {key: '${ $secrets.key }'}
                  authentication: {basic: {use: logIn}}
                  output: response
            - keepOutput: {set: {all: '${ . }'}}
            - refused:
                try:
                - call:
                    call: http
                    with: {method: get, endpoint: '${ "SITE/refuse?key=\\($secrets.key)" }'}
                catch: {do: [{keep: {set: {error: '${ $error }'}}}]}
            - broken:
                try:
                - call:
                    call: http
                    with: {method: get, endpoint: '${ "http://\\($secrets.key).invalid/\\($secrets.key)" }'}
                catch: {do: [{keep: {set: {error: '${ $error }'}}}]}
            - wrongUri:
                try:
                - call:
                    call: http
                    with: {method: get, endpoint: '${ "SITE/ no uri \\($secrets.key)" }'}
                catch: {do: [{keep: {set: {error: '${ $error }'}}}]}
            - wrongExpression:
                try:
                - call:
                    call: http
                    with: {method: get, endpoint: SITE/echo, headers: {X: '${ $secrets.key | error }'}}
                catch: {do: [{keep: {set: {error: '${ $error }'}}}]}
            - faulted:
                call: http
                with: {method: delete, endpoint: SITE/refuse, headers: {X-Key: '${ $secrets.key }'}, body: '${ $secrets.logIn }'}
            """;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();

    @Test
    void noSecretIsStoredLoggedOrShown(@TempDir Path secrets) throws Exception {
        Files.writeString(secrets.resolve("key"), CANARY + "\n");
        Files.writeString(secrets.resolve("logIn"), "{\"username\":\"" + USER + "\",\"password\":\"" + CANARY + "\"}");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        AppenderBase<ILoggingEvent> appender = appender(root);
        try (TestingSite site = site();
                TestingDatabase database = TestingPostgres.freshDatabase();
                Node node = Node.start(settings(database, secrets), List.of())) {
            Files.writeString(
                    secrets.resolve("client"),
                    "{\"authority\":\"" + site.url("/issuing") + "\",\"grant\":\"client_credentials\",\"client\":"
                            + "{\"id\":\"me\",\"secret\":\"" + CANARY + "\"}}");
            // As an operator would who looks for a fault, and whatever the client of HTTP wants to say then.
            root.setLevel(Level.DEBUG);

            InstanceRow row = run(node.services().orchestration(), DEFINITION.replace("SITE", site.url("")));

            root.setLevel(level);
            assertThat(row.status()).isEqualTo(Status.FAULTED);
            assertThat(row.error()).contains("/do/13/faulted", "\"status\":418", "***");
            assertThat(reached(site))
                    .contains(
                            "k-" + CANARY,
                            "Basic " + BASIC,
                            "Bearer " + CANARY,
                            USER,
                            "client_secret=" + CANARY,
                            "Bearer " + TOKEN);
            assertNone("The logs", List.copyOf(logged));
            assertThat(logged).isNotEmpty();
            List<String> stored = stored(database);
            assertThat(stored).anyMatch(text -> text.contains("***"));
            assertNone("The database", stored);
            assertNone("The API", shown(node, row.id()));
        } finally {
            root.setLevel(level);
            root.detachAppender(appender);
        }
    }

    private static TestingSite site() {
        TestingSite site = new TestingSite();
        site.on("/echo", (exchange, asked) -> {
            asked.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set("Echo-" + name, value));
            TestingSite.send(
                    exchange,
                    200,
                    "application/json",
                    Json.write(Json.NODES
                            .objectNode()
                            .put("target", asked.target())
                            .put("headers", asked.headers().toString())
                            .put("body", asked.body())));
        });
        site.on(
                "/issuing/oauth2/token",
                200,
                "application/json",
                "{\"access_token\":\"" + TOKEN + "\",\"refresh_token\":\"r-" + TOKEN + "\"}");
        site.on(
                "/refusing/oauth2/token",
                (exchange, asked) ->
                        TestingSite.send(exchange, 400, "application/json", "{\"error\":\"not " + CANARY + "\"}"));
        site.on("/refuse", (exchange, asked) -> TestingSite.send(exchange, 418, "text/plain", "I refuse " + asked));
        site.on("/api.json", 200, "application/json", """
                {"openapi":"3.1.0","paths":{"/echo/{key}":{"get":{"operationId":"echo","parameters":[
                 {"name":"key","in":"path","required":true}]}}}}""");
        return site;
    }

    private static String reached(TestingSite site) {
        StringBuilder all = new StringBuilder();
        while (site.wasAsked()) {
            all.append(site.asked()).append('\n');
        }
        return all.toString();
    }

    private static InstanceRow run(Orchestration orchestration, String definition) {
        orchestration.deploy(Caller.ANONYMOUS, definition.getBytes(StandardCharsets.UTF_8));
        StartRequest request = new StartRequest("test", "secretive", null, null, Json.NODES.objectNode(), Map.of());
        UUID id =
                orchestration.start(Caller.ANONYMOUS, request).join().instance().id();
        return orchestration.await(Caller.ANONYMOUS, id, Duration.ofSeconds(60)).join();
    }

    private AppenderBase<ILoggingEvent> appender(Logger root) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String trace = event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getMessage();
                logged.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
            }
        };
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        return appender;
    }

    /** Every row of every table, as text. */
    private static List<String> stored(TestingDatabase database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'orquestrax'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            assertThat(tables).contains("event", "instance");
            for (String table : tables) {
                try (ResultSet found =
                        statement.executeQuery("SELECT each::text FROM orquestrax.\"" + table + "\" each")) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> shown(Node node, UUID id) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("instances/" + id, "instances/" + id + "/history", "instances", "workers")) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + node.port() + "/api/v1/" + path))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                answers.add(answer.body());
            }
        }
        return answers;
    }

    private static void assertNone(String where, List<String> texts) {
        for (String text : texts) {
            for (String trace : TRACES) {
                assertThat(text).as("%s, looking for %s", where, trace).doesNotContain(trace);
            }
        }
    }

    private static Settings settings(TestingDatabase database, Path secrets) {
        return Settings.load(
                null,
                Map.of(),
                Map.of(
                        "port",
                        "0",
                        "partitions",
                        "2",
                        "drain.limit",
                        "5s",
                        "connectors.http.hosts.allowed",
                        "127.0.0.1",
                        "secrets.directory",
                        secrets.toString(),
                        "postgres.url",
                        database.url(),
                        "postgres.user",
                        database.user(),
                        "postgres.password",
                        database.password()));
    }
}
