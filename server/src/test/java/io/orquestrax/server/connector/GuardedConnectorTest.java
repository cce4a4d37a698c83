package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.server.connector.secret.SecretProvider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedConnectorTest {
    private static final String SECRET = "s3cr3t-value";
    private static final SecretProvider PROVIDER = name -> Optional.ofNullable(
                    Map.of("key", Json.NODES.textNode(SECRET)).get(name))
            .map(JsonNode.class::cast);

    @Test
    void resolvesWhatWasDeferredAndMasksItInTheOutput() throws Exception {
        JsonNode output = connector((with, secrets) -> with).execute(call("$secrets.key", "key"));

        assertThat(output.path("token").textValue()).isEqualTo("***");
    }

    @Test
    void givesTheWorkTheSecret() throws Exception {
        StringBuilder given = new StringBuilder();

        connector((with, secrets) -> {
                    given.append(with.path("token").textValue());
                    return Json.NODES.nullNode();
                })
                .execute(call("$secrets.key", "key"));

        assertThat(given.toString()).isEqualTo(SECRET);
    }

    @Test
    void masksSecretsInFailures() {
        WorkflowError error = failure(
                (with, secrets) -> {
                    throw ConnectorFailure.communication("Broken " + SECRET, "Expected " + with);
                },
                call("$secrets.key", "key"));

        assertThat(error.toJson().toString()).doesNotContain(SECRET).contains("***");
    }

    @Test
    void masksSecretsInWhatABugSays() {
        WorkflowError error = failure(
                (with, secrets) -> {
                    throw new IllegalStateException("with " + with);
                },
                call("$secrets.key", "key"));

        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.detail()).contains("IllegalStateException", "***").doesNotContain(SECRET);
    }

    @Test
    void halfACharacterIsKeptAsTheHistoryGivesItBack() throws Exception {
        JsonNode broken = Json.readTrusted("{\"a\":[\"\\ud800!\",1]}");

        JsonNode output = connector((with, secrets) -> broken).execute(call("1", "key"));
        WorkflowError error = failure(
                (with, secrets) -> {
                    throw ConnectorFailure.communication(
                            "Broken", broken.at("/a/0").textValue());
                },
                call("1", "key"));

        assertThat(output).isEqualTo(Json.readTrusted(Json.write(output))).hasToString("{\"a\":[\"\ufffd!\",1]}");
        assertThat(error.detail()).isEqualTo("\ufffd!");
    }

    @Test
    void refusesASecretThatNobodyHas() {
        WorkflowError error = failure((with, secrets) -> with, call("$secrets.other", "other"));

        assertThat(error.type()).endsWith("/authorization");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.detail()).contains("\"other\"");
    }

    @Test
    void saysWhichExpressionFailedAndNotWhy() {
        WorkflowError error = failure((with, secrets) -> with, call("$secrets.key | error", "key"));

        assertThat(error.type()).endsWith("/expression");
        assertThat(error.detail()).contains("$secrets.key | error").doesNotContain(SECRET);
    }

    private interface Work {
        JsonNode perform(JsonNode with, CallSecrets secrets) throws ConnectorFailure;
    }

    private static Connector connector(Work work) {
        return new GuardedConnector(
                new ConnectorWork() {
                    @Override
                    public String type() {
                        return "test";
                    }

                    @Override
                    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey)
                            throws ConnectorFailure {
                        return work.perform(with, secrets);
                    }
                },
                PROVIDER);
    }

    private static WorkflowError failure(Work work, ConnectorCall call) {
        return catchThrowableOfType(
                        ConnectorFailure.class, () -> connector(work).execute(call))
                .error();
    }

    private static ConnectorCall call(String expression, String secret) {
        return new ConnectorCall(Json.readTrusted("""
                        {"with":{"token":null},"deferred":{"now":"2026-01-31T12:00:00Z","input":{},"variables":{},
                         "secrets":["%s"],"values":[{"pointer":"/token","expression":"%s"}]}}
                        """.formatted(secret, expression)), "instance.1");
    }
}
