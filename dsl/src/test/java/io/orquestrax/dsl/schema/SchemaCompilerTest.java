package io.orquestrax.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Effort;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCompilerTest {
    private final SchemaCompiler compiler = new SchemaCompiler();

    @Test
    void tellsEachViolationWithItsPlace() throws Exception {
        var schema = compiler.compile(Json.read("""
                {"type": "object", "required": ["id"],
                 "properties": {"id": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string"}}}}"""));

        assertThat(schema.violations(Json.read("{\"id\": \"x\", \"tags\": [\"a\", 1]}")))
                .containsExactly("/id: string found, integer expected", "/tags/1: integer found, string expected");
        assertThat(schema.violations(Json.read("{}"))).containsExactly("required property 'id' not found");
        assertThat(schema.violations(Json.read("[]"))).containsExactly("array found, object expected");
        assertThat(schema.violations(Json.read("{\"id\": 1}"))).isEmpty();
    }

    @Test
    void readsTheDraftThatTheSchemaNames() throws Exception {
        var schema = compiler.compile(Json.read("""
                {"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "string"}]}"""));

        assertThat(schema.violations(Json.read("[1]"))).hasSize(1);
    }

    @Test
    void resolvesReferencesInsideTheDocument() throws Exception {
        var schema = compiler.compile(Json.read("""
                {"$ref": "#/$defs/name", "$defs": {"name": {"type": "string"}}}"""));

        assertThat(schema.violations(Json.read("1"))).hasSize(1);
    }

    @Test
    void countsDigitsOfLargeNumbersExactly() throws Exception {
        var schema = compiler.compile(Json.read("{\"maximum\": 9007199254740992}"));

        assertThat(schema.violations(Json.read("9007199254740993"))).hasSize(1);
        assertThat(schema.violations(Json.read("9007199254740992"))).isEmpty();
    }

    @Test
    void endsOnASchemaThatOnlyRefersToItself() throws Exception {
        var schema = compiler.compile(Json.read("{\"$ref\": \"#\"}"));

        assertThat(schema.violations(Json.read("1"))).singleElement().asString().contains("refers to itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{'pattern': '^(([a-z])+.)+[A-Z]([a-z])+$'}",
                "{'pattern': '^(a+)+\\\\1b$'}",
                "{'patternProperties': {'^(a+)+\\\\1b$': true}}",
                "{'propertyNames': {'pattern': '^(a+)+\\\\1b$'}}",
                "{'$defs': {'a': {'properties': {'x': {'allOf': [{'$ref': '#/$defs/a'}, {'$ref': '#/$defs/a'}]}}}},"
                        + " '$ref': '#/$defs/a'}",
                "{'$defs': {'a': {'properties': {'x': {'anyOf': [{'$ref': '#/$defs/a'}, {'$ref': '#/$defs/a'}]},"
                        + " 'y': false}}}, '$ref': '#/$defs/a'}"
            })
    void endsACheckThatTakesTooLong(String schema) throws Exception {
        String deep = "{\"x\": ".repeat(40) + "{\"y\": 1}" + "}".repeat(40);
        String text = "\"" + "a".repeat(5_000) + "!\"";
        JsonNode value =
                Json.read(schema.contains("$defs") ? deep : schema.contains("ropert") ? "{" + text + ": 1}" : text);
        Schema compiled = compiler.compile(Json.read(schema.replace('\'', '"')));
        Effort effort = new Effort();

        assertThat(compiled.violations(value, effort))
                .singleElement()
                .asString()
                .matches("the schema cannot be applied, since it took more than .*");
        assertThat(effort.total()).isPositive();
    }

    @Test
    void checksWhatIsLargeButHarmless() throws Exception {
        Schema schema = compiler.compile(Json.read("""
                {"items": {"type": "object", "required": ["id"], "properties": {"id": {"pattern": "^[a-z0-9-]+$"}}}}"""));
        String items = "{\"id\": \"order-1\"},".repeat(20_000);

        assertThat(schema.violations(Json.read("[" + items + "{\"id\": \"order-2\"}]")))
                .isEmpty();
    }

    @Test
    void endsWhatIsTooMuchForOneTaskTogether() throws Exception {
        Schema schema = compiler.compile(Json.read("{\"type\": \"string\"}"));
        Effort effort = new Effort();
        effort.spend(Effort.MAX_OF_A_TASK);

        assertThat(schema.violations(Json.read("\"a\""), effort))
                .containsExactly("the schema cannot be applied, since the expressions and schemas of its task took more"
                        + " than 2000000 steps");
        effort.beginTask();
        assertThat(schema.violations(Json.read("\"a\""), effort)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"objec\"}",
                "{\"properties\": 5}",
                "{\"properties\": {\"a\": {\"minimum\": \"x\"}}}",
                "{\"required\": \"a\"}",
                "{\"pattern\": \"[\"}",
                "{\"$ref\": \"#/$defs/missing\"}",
                "{\"$ref\": \"http://schemas.invalid/a\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"file:///etc/passwd\"}}}",
                "{\"$schema\": \"http://schemas.invalid/own\"}",
                "[]",
                "5"
            })
    void refusesWhatIsNoSchemaOrStandsElsewhere(String text) {
        assertThatThrownBy(() -> compiler.compile(Json.read(text)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageStartingWith("Expected ");
    }
}
