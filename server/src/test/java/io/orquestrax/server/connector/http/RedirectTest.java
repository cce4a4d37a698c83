package io.orquestrax.server.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is followed, with what, and to where. */
class RedirectTest {
    private final TestingSite site = new TestingSite();
    private final TestingSite other = new TestingSite();
    private final TestingConnectors connectors = TestingConnectors.of(
            Map.of("connectors.http.hosts.allowed", "127.0.0.1:" + site.port()),
            Map.of("ORQUESTRAX_SECRET_KEY", "s3cr3t-value"));
    private final TestingConnectors open = TestingConnectors.of(
            Map.of("connectors.http.hosts.allowed", "127.0.0.1"), Map.of("ORQUESTRAX_SECRET_KEY", "s3cr3t-value"));

    @AfterEach
    void close() {
        connectors.close();
        open.close();
        site.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 304, 307, 308})
    void isAnErrorUnlessTheAuthorFollows(int status) {
        site.on("/", (exchange, asked) -> TestingSite.redirect(exchange, status, "/there"));

        WorkflowError error = connectors.httpFailure(with("get", "/", false, ""));

        assertThat(error.type()).endsWith("/communication");
        assertThat(error.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "301, post, GET, ''", "302, post, GET, ''", "303, put, GET, ''", "307, post, POST, '[1]'",
        "308, post, POST, '[1]'", "301, put, PUT, '[1]'", "302, get, GET, '[1]'", "303, head, HEAD, '[1]'"
    })
    void followsWithTheMethodThatTheStatusWants(int status, String method, String followed, String body)
            throws Exception {
        site.on("/a/", (exchange, asked) -> TestingSite.redirect(exchange, status, "../b/c?x=1"));
        site.on("/b/", 200, "text/plain", "");

        connectors.http(with(method, "/a/", true, ",'body':[1]"));

        site.asked();
        TestingSite.Asked second = site.asked();
        assertThat(second.method() + " " + second.target()).isEqualTo(followed + " /b/c?x=1");
        assertThat(second.body()).isEqualTo(body);
        assertThat(second.headers().containsKey("Content-Type")).isEqualTo(!body.isEmpty());
    }

    @Test
    void takesWhatIsNoRedirectAsTheAnswer() throws Exception {
        site.on("/", (exchange, asked) -> exchange.sendResponseHeaders(304, -1));

        assertThat(connectors
                        .http(with("get", "/", true, ",'output':'response'"))
                        .path("statusCode")
                        .intValue())
                .isEqualTo(304);
    }

    @Test
    void givesUpOnALoop() {
        site.on("/", (exchange, asked) -> TestingSite.redirect(exchange, 302, "/"));

        WorkflowError error = connectors.httpFailure(with("get", "/", true, ""));

        assertThat(error.title()).isEqualTo("Too many redirects");
        for (int asked = 0; asked < 11; asked++) {
            assertThat(site.asked().target()).isEqualTo("/");
        }
        assertThat(site.wasAsked()).isFalse();
    }

    @Test
    void leadsToNoHostThatMayNotBeCalled() {
        other.on("/", 200, "text/plain", "internal");
        site.on("/", (exchange, asked) -> TestingSite.redirect(exchange, 302, other.url("/")));

        WorkflowError error = connectors.httpFailure(with("get", "/", true, ""));

        assertThat(error.type()).endsWith("/authorization");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.title()).isEqualTo("Host not allowed");
        assertThat(other.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/", "http:///x", "http://a b/"})
    void leadsOnlyToHttp(String location) {
        site.on("/", (exchange, asked) -> TestingSite.redirect(exchange, 302, location));

        assertThat(connectors.httpFailure(with("get", "/", true, "")).title()).isEqualTo("Redirect refused");
    }

    @Test
    void takesCredentialsOnlyToTheSameHost() throws Exception {
        other.on("/", 200, "text/plain", "");
        site.on("/stay", (exchange, asked) -> TestingSite.redirect(exchange, 307, "/go"));
        site.on("/go", (exchange, asked) -> TestingSite.redirect(exchange, 307, other.url("/")));

        open.http("{'method':'post','endpoint':{'uri':'" + site.url("/stay")
                + "','authentication':{'bearer':{'secret':'key'}}},'redirect':true,"
                + "'headers':{'Cookie':'c=1','X-Key':'for s3cr3t-value','X-Plain':'p'}}");

        for (int hop = 0; hop < 2; hop++) {
            assertThat(site.asked().headers())
                    .containsEntry("Authorization", "Bearer s3cr3t-value")
                    .containsKeys("Cookie", "X-Key");
        }
        assertThat(other.asked().headers())
                .containsEntry("X-Plain", "p")
                .doesNotContainKeys("Authorization", "Cookie", "X-Key");
    }

    @Test
    void takesNoBodyWithASecretToAnotherHost() {
        site.on("/", (exchange, asked) -> TestingSite.redirect(exchange, 308, other.url("/")));

        WorkflowError error = open.httpFailure("{'method':'post','endpoint':{'uri':'" + site.url("/")
                + "','authentication':{'bearer':{'secret':'key'}}},'redirect':true,'body':{'k':'s3cr3t-value'}}");

        assertThat(error.title()).isEqualTo("Redirect refused");
        assertThat(other.wasAsked()).isFalse();
    }

    private String with(String method, String path, boolean isFollowing, String more) {
        return "{'method':'" + method + "','endpoint':'" + site.url(path) + "','redirect':" + isFollowing + more + "}";
    }
}
