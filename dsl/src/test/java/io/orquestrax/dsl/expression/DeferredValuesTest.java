package io.orquestrax.dsl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeferredValuesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();

    @Test
    void takesExpressionsAlongWithAllThatTheyName() throws Exception {
        Template with = Template.object(Map.of(
                "headers",
                Template.array(List.of(
                        Template.of(COMPILER.compile(".id")), secret("\"\\(.id) \\($secrets.key) \\($context.c)\"")))));

        JsonNode arguments = evaluate(with, "{\"id\":1.10}", "{\"c\":2}");

        assertThat(Json.write(arguments))
                .isEqualTo("{\"with\":{\"headers\":[1.10,null]},\"deferred\":{\"now\":\"2026-01-31T12:00:00Z\","
                        + "\"input\":{\"id\":1.10},\"variables\":{\"context\":{\"c\":2}},\"secrets\":[\"key\"],"
                        + "\"values\":[{\"pointer\":\"/headers/1\","
                        + "\"expression\":\"\\\"\\\\(.id) \\\\($secrets.key) \\\\($context.c)\\\"\"}]}}");
        assertThat(DeferredValues.containsAny(arguments)).isTrue();
        assertThat(Json.write(resolve(Json.readTrusted(Json.write(arguments)))))
                .isEqualTo("{\"headers\":[1.10,\"1.10 the key 2\"]}");
    }

    @Test
    void putsTheWholeInItsPlace() throws Exception {
        assertThat(resolve(evaluate(secret("$secrets.key"), "{}", "{}")).asText())
                .isEqualTo("the key");
    }

    @Test
    void leavesWhatItWasGivenUnchanged() throws Exception {
        JsonNode arguments = evaluate(
                Template.object(Map.of("a~b/c", Template.object(Map.of("d", secret("$secrets.key"))))), "{}", "{}");
        String before = Json.write(arguments);

        assertThat(Json.write(resolve(arguments))).isEqualTo("{\"a~b/c\":{\"d\":\"the key\"}}");
        assertThat(Json.write(arguments)).isEqualTo(before);
    }

    @Test
    void givesArgumentsWithoutSecretsAsTheyAre() throws Exception {
        JsonNode arguments = evaluate(Template.of(COMPILER.compile(".")), "{\"x\":1}", "{}");

        assertThat(Json.write(arguments)).isEqualTo("{\"with\":{\"x\":1}}");
        assertThat(DeferredValues.containsAny(arguments)).isFalse();
        assertThat(Json.write(resolve(arguments))).isEqualTo("{\"x\":1}");
    }

    @Test
    void evaluatesNothingThatStandsInData() throws Exception {
        String data = "{\"deferred\":{\"now\":\"2026-01-31T12:00:00Z\",\"secrets\":[\"key\"],"
                + "\"values\":[{\"pointer\":\"\",\"expression\":\"$secrets.key\"}]},\"with\":1}";

        JsonNode alone = evaluate(Template.of(COMPILER.compile(".")), data, "{}");
        JsonNode beside = evaluate(
                Template.object(Map.of("body", Template.of(COMPILER.compile(".")), "key", secret("$secrets.key"))),
                data,
                "{}");

        assertThat(DeferredValues.containsAny(alone)).isFalse();
        assertThat(resolve(alone)).isEqualTo(Json.readTrusted(data));
        assertThat(resolve(beside).get("body")).isEqualTo(Json.readTrusted(data));
        assertThat(resolve(beside).get("key").asText()).isEqualTo("the key");
    }

    @Test
    void evaluatesAtTheMomentOfTheCommand() throws Exception {
        JsonNode arguments = evaluate(secret("$secrets.key + \" \" + (now | todate)"), "{}", "{}");

        assertThat(resolve(arguments).asText()).isEqualTo("the key 2026-01-31T12:00:00Z");
    }

    @Test
    void tellsNoSecretWhereAnExpressionFails() throws Exception {
        JsonNode arguments = evaluate(secret("$secrets.key | error"), "{}", "{}");

        assertThatThrownBy(() -> resolve(arguments))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("Expected a result of \"$secrets.key | error\", but it failed")
                .hasMessageNotContaining("the key");
    }

    @Test
    void changesWhatIsKnownAndLeavesWhatIsNot() throws Exception {
        Template known = Template.of(COMPILER.compile(".x")).map(value -> Json.NODES.textNode("<" + value + ">"));
        Template unknown = secret("$secrets.key").map(value -> Json.NODES.textNode("<" + value + ">"));

        assertThat(resolve(evaluate(known, "{\"x\":1}", "{}")).asText()).isEqualTo("<1>");
        assertThat(resolve(evaluate(unknown, "{}", "{}")).asText()).isEqualTo("the key");
    }

    @Test
    void makesTheAuthorizationOfWhatDoesNotNameIt() throws Exception {
        Template with = Template.object(Map.of(
                "token", secret("$secrets.key"),
                "sent", Template.deferred(COMPILER.compile("[$authorization, .x]"), Set.of())));
        JsonNode arguments = evaluate(with, "{\"x\":1}", "{}");

        assertThat(Json.write(arguments.path("with").path("sent"))).isEqualTo("null");
        JsonNode sent = resolve(arguments).path("sent");
        assertThat(sent.path(0).textValue()).contains("\"token\":\"the key\"", "\"sent\":null");
        assertThat(sent.path(1).intValue()).isEqualTo(1);
    }

    @Test
    void findsTheSecretsThatAProgramNames() {
        assertThat(SecretReferences.of("$secrets.a + $secrets[\"b c\"] + $secrets.\"d\" + ($secrets | .x)")
                        .names())
                .containsOnlyKeys("a", "b c", "d")
                .containsEntry("b c", 13);
        assertThat(SecretReferences.of("\"$secrets.no \\($secrets.yes + \")\" + $secrets.too) $secrets.not\"")
                        .names())
                .containsOnlyKeys("yes", "too");
        assertThat(SecretReferences.of("$secretsOf.a # $secrets.b\n | .c").names())
                .isEmpty();
        assertThat(SecretReferences.of(".x | $secrets[.y]").computed()).isEqualTo(5);
        assertThat(SecretReferences.of("$secrets.a").computed()).isNegative();
    }

    private static Template secret(String source) throws ExpressionSyntaxException {
        return Template.deferred(COMPILER.compile(source), Set.of("key"));
    }

    private static JsonNode evaluate(Template with, String input, String context) {
        Variables variables = Variables.at(NOW)
                .with("context", Json.readTrusted(context))
                .with("task", () -> {
                    throw new AssertionError("Expected nobody to ask for $task");
                });
        return DeferredValues.arguments(with).evaluate(Json.readTrusted(input), variables);
    }

    private static JsonNode resolve(JsonNode arguments) {
        return DeferredValues.resolve(
                arguments, name -> Json.NODES.textNode("the " + name), with -> Json.NODES.textNode("for " + with));
    }
}
