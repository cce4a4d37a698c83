package io.orquestrax.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.orquestrax.dsl.plan.Schema;
import java.util.List;

/** Compiles JSON Schemas, of draft 2020-12 unless they name another; fetches nothing. */
public final class SchemaCompiler {
    /** Most violations that are told of one value. */
    static final int MAX_VIOLATIONS = 20;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .resourceLoaders(loaders -> loaders.values(List::clear).add(location -> {
                        throw new IllegalArgumentException(
                                "Expected a schema that stands in the document, but found a reference to " + location);
                    })));

    /**
     * @throws InvalidSchemaException if it is no JSON Schema, or refers to what does not stand in it
     */
    public Schema compile(JsonNode document) throws InvalidSchemaException {
        if (!document.isObject() && !document.isBoolean()) {
            throw new InvalidSchemaException(
                    "Expected a JSON Schema, which is an object or a boolean, but found " + document.getNodeType());
        }
        try {
            com.networknt.schema.Schema schema = registry.getSchema(document);
            schema.initializeValidators();
            return value -> violations(schema, value);
        } catch (RuntimeException malformed) {
            throw new InvalidSchemaException("Expected a JSON Schema, but " + malformed.getMessage());
        }
    }

    private static List<String> violations(com.networknt.schema.Schema schema, JsonNode value) {
        return schema.validate(value).stream()
                .limit(MAX_VIOLATIONS)
                .map(SchemaCompiler::violation)
                .toList();
    }

    private static String violation(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }
}
