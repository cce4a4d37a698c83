package io.orquestrax.server.connector.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of OAuth 2 and OpenID Connect: how they are asked for, kept, replaced, and kept out of sight. */
@Timeout(60)
class TokensTest {
    private final TestingSite site = new TestingSite();
    private final TestingAuthority authority = new TestingAuthority(site);
    private final TestingConnectors connectors = TestingConnectors.of(
            Map.of(),
            Map.of(
                    "ORQUESTRAX_SECRET_POLICY",
                    Json.write(Json.NODES
                            .objectNode()
                            .put("authority", authority.authority())
                            .put("grant", "client_credentials")
                            .set(
                                    "client",
                                    Json.NODES
                                            .objectNode()
                                            .put("id", TestingAuthority.CLIENT)
                                            .put("secret", TestingAuthority.SECRET)))));

    @AfterEach
    void close() {
        connectors.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_post", "client_secret_basic", "client_secret_jwt", "none", ""})
    void authenticatesTheClient(String way) throws Exception {
        String authentication = way.isEmpty() ? "" : ",'authentication':'" + way + "'";

        assertThat(call("oauth2", "client_credentials", authentication, "")).hasToString("\"Bearer ***\"");
        assertThat(authority.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "EC, 521"})
    void authenticatesTheClientByAKeyInPem(String kind, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        authority.know(pair.getPublic());
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\\n-----END PRIVATE KEY-----";

        assertThat(callAs("'id':'" + TestingAuthority.CLIENT + "','secret':'" + pem
                        + "','authentication':'private_key_jwt'"))
                .hasToString("\"Bearer ***\"");
    }

    @Test
    void authenticatesTheClientByAKeyAsJwk() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        authority.know(key.toECPublicKey());
        String jwk = key.toJSONString().replace("\"", "\\'");

        assertThat(callAs("'id':'" + TestingAuthority.CLIENT + "','secret':'" + jwk
                        + "','authentication':'private_key_jwt'"))
                .hasToString("\"Bearer ***\"");
    }

    @Test
    void showsAnAssertionThatTheAuthorMade() {
        WorkflowError error = connectors.httpFailure(with(
                "oauth2", "client_credentials", "'assertion':'no.jwt.atall','authentication':'private_key_jwt'", ""));

        assertThat(error.type()).endsWith("/authentication");
        assertThat(error.detail()).contains("invalid_client");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            password           | ,'username':'ada','password':'p&ss=1'
            refresh_token      | ,'subject':{'token':'first-refresh','type':'refresh'}
            authorization_code | ,'subject':{'token':'code-1','type':'code'}
            urn:ietf:params:oauth:grant-type:token-exchange | ,'subject':{'token':'theirs','type':'urn:t'},'actor':{'token':'mine','type':'urn:u'}
            """)
    void asksByEveryGrant(String grant, String more) throws Exception {
        assertThat(call("oauth2", grant, "", more)).hasToString("\"Bearer ***\"");
        assertThat(authority.asked().element()).containsEntry("grant_type", grant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json"})
    void sendsScopesAndAudiences(String encoding) throws Exception {
        String request = encoding.isEmpty() ? "" : ",'request':{'encoding':'" + encoding + "'}";

        call("oauth2", "client_credentials", "", ",'scopes':['read','write'],'audiences':['a','b']" + request);

        assertThat(authority.asked().element()).containsEntry("scope", "read write");
        assertThat(authority.asked().element().get("audience")).isIn("a b", "[\"a\",\"b\"]");
    }

    @Test
    void keepsATokenUntilItEnds() throws Exception {
        call("oauth2", "client_credentials", "", "");
        call("oauth2", "client_credentials", "", "");
        assertThat(authority.asked()).hasSize(1);

        call("oauth2", "client_credentials", "", ",'scopes':['other']");
        assertThat(authority.asked()).hasSize(2);
    }

    @Test
    void replacesATokenThatIsOver() throws Exception {
        authority.live(0);
        call("oauth2", "client_credentials", "", "");
        call("oauth2", "client_credentials", "", "");

        assertThat(authority.asked()).hasSize(2);
    }

    @Test
    void replacesATokenOnceThatIsRefused() throws Exception {
        call("oauth2", "client_credentials", "", "");
        authority.revokeAll();

        assertThat(call("oauth2", "client_credentials", "", "")).hasToString("\"Bearer ***\"");
        assertThat(authority.asked()).hasSize(2);
    }

    @Test
    void givesUpWhereANewTokenIsRefusedToo() throws Exception {
        site.on("/closed", 401, "text/plain", "not for you");
        WorkflowError error = connectors.httpFailure(
                with("oauth2", "client_credentials", client(""), "").replace("/data", "/closed"));

        assertThat(error.status()).isEqualTo(401);
        assertThat(error.title()).isEqualTo("HTTP 401 Unauthorized");
        assertThat(authority.asked()).hasSize(2);
    }

    @Test
    void goesOnWithTheRefreshTokenThatTheServerGave() throws Exception {
        String subject = ",'subject':{'token':'first-refresh','type':'refresh'}";
        call("oauth2", "refresh_token", "", subject);
        authority.revokeAll();

        assertThat(call("oauth2", "refresh_token", "", subject)).hasToString("\"Bearer ***\"");
        assertThat(authority.asked())
                .extracting(each -> each.get("refresh_token"))
                .containsExactly("first-refresh", "refresh-1");
    }

    @Test
    void asksOnceForManyCallsAtATime() throws Exception {
        List<Callable<JsonNode>> calls = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            calls.add(() -> call("oauth2", "client_credentials", "", ""));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<JsonNode> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).hasToString("\"Bearer ***\"");
            }
        }
        assertThat(authority.asked()).hasSize(1);
    }

    @Test
    void takesAPolicyFromASecret() throws Exception {
        assertThat(connectors.http("{'method':'get','endpoint':{'uri':'" + site.url("/data")
                        + "','authentication':{'oauth2':{'secret':'policy'}}}}"))
                .hasToString("\"Bearer ***\"");
    }

    @Test
    void findsTheTokenEndpointOfOpenIdConnect() throws Exception {
        assertThat(call("oidc", "client_credentials", "", "")).hasToString("\"Bearer ***\"");
        assertThat(call("oidc", "client_credentials", "", "")).hasToString("\"Bearer ***\"");
        assertThat(authority.asked()).hasSize(1);
    }

    @Test
    void takesNoConfigurationOfSomebodyElse() {
        authority.nameAnotherIssuer();

        WorkflowError error = connectors.httpFailure(with("oidc", "client_credentials", client(""), ""));

        assertThat(error.status()).isEqualTo(401);
        assertThat(error.title()).isEqualTo("Issuer not accepted");
        assertThat(authority.asked()).isEmpty();
    }

    @Test
    void checksTheIssuerOfTokens() throws Exception {
        String mine = ",'issuers':['" + authority.authority() + "']";
        assertThat(failureOfToken(mine).title()).isEqualTo("Issuer not accepted");
        authority.sign();

        assertThat(call("oauth2", "client_credentials", "", mine)).hasToString("\"Bearer ***\"");
        assertThat(failureOfToken(",'issuers':['http://other']").title()).isEqualTo("Issuer not accepted");
    }

    @Test
    void sendsNoTokenThatWouldBeChangedOnItsWay() {
        authority.endTokensWith("\r\nX-Evil: 1");

        WorkflowError error = failureOfToken("");

        assertThat(error.status()).isEqualTo(401);
        assertThat(error.title()).isEqualTo("Token not usable");
        assertThat(error.detail()).isEqualTo("Expected a token that can be sent, but it has a line break.");
    }

    @Test
    void tellsWhyThereIsNoToken() {
        WorkflowError refused = connectors.httpFailure(with("oauth2", "client_credentials", "'id':'somebody'", ""));
        assertThat(refused.type()).endsWith("/authentication");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.title()).isEqualTo("Token refused");
        assertThat(refused.detail()).contains("400", "invalid_client as tested");

        WorkflowError busy = failureOfToken(",'scopes':['busy']");
        assertThat(busy.type()).endsWith("/communication");
        assertThat(busy.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'authority':'x','grant':'client_credentials'                  | http or https URI
            'grant':'client_credentials'                                  | a authority for oauth2
            'authority':'http://127.0.0.1','grant':'implicit'             | without a person
            'authority':'http://127.0.0.1','grant':'password'             | a username for oauth2
            'authority':'http://127.0.0.1','grant':'refresh_token'        | a refresh token as token of the subject
            'authority':'http://127.0.0.1','grant':'client_credentials','client':{'id':'a','authentication':'client_secret_basic'} | the secret of the client
            'authority':'http://127.0.0.1','grant':'client_credentials','client':{'id':'a','secret':'short','authentication':'client_secret_jwt'} | at least 32 bytes
            'authority':'http://127.0.0.1','grant':'client_credentials','client':{'id':'a','secret':'no key','authentication':'private_key_jwt'} | a private key
            """)
    void namesWhatIsWrongWithAPolicy(String policy, String expected) {
        WorkflowError error = connectors.httpFailure("{'method':'get','endpoint':{'uri':'" + site.url("/data")
                + "','authentication':{'oauth2':{" + policy + "}}}}");

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.detail()).contains(expected);
    }

    @Test
    void asksNoAuthorityThatMayNotBeCalled() {
        WorkflowError error = connectors.httpFailure(with("oauth2", "client_credentials", client(""), "")
                .replace(authority.authority(), "http://127.0.0.2/realm"));

        assertThat(error.title()).isEqualTo("Host not allowed");
    }

    private WorkflowError failureOfToken(String more) {
        return connectors.httpFailure(with("oauth2", "client_credentials", client(""), more));
    }

    private JsonNode call(String scheme, String grant, String ofClient, String more) throws Exception {
        return connectors.http(with(scheme, grant, client(ofClient), more));
    }

    private JsonNode callAs(String client) throws Exception {
        return connectors.http(with("oauth2", "client_credentials", client, ""));
    }

    private static String client(String more) {
        String secret = more.contains("'none'") ? "" : ",'secret':'" + TestingAuthority.SECRET + "'";
        return "'id':'" + TestingAuthority.CLIENT + "'" + secret + more;
    }

    private String with(String scheme, String grant, String client, String more) {
        return "{'method':'get','endpoint':{'uri':'" + site.url("/data") + "','authentication':{'" + scheme
                + "':{'authority':'" + authority.authority() + "','grant':'" + grant + "','client':{" + client + "}"
                + more + "}}}}";
    }
}
