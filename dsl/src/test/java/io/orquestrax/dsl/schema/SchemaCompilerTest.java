package io.orquestrax.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
