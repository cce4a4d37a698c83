package io.orquestrax.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.resource.ClasspathResourceLoader;
import io.orquestrax.dsl.expression.Effort;
import io.orquestrax.dsl.plan.Schema;
import java.util.List;
import java.util.Optional;

/** Compiles JSON Schemas, of draft 2020-12 unless they name another; fetches nothing. */
public final class SchemaCompiler {
    /** Most violations that are told of one value. */
    static final int MAX_VIOLATIONS = 20;

    private static final String HERE = "Expected a JSON Schema, but ";

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .regularExpressionFactory(BoundedPattern::new)
                            .build())
                    .resourceLoaders(loaders -> loaders.values(List::clear).add(location -> {
                        throw new IllegalArgumentException("it refers to " + location + ", which does not stand in it");
                    })));

    /** Knows the schemas of schemas, which the library brings along. */
    private final SchemaRegistry metaschemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.resourceLoaders(
                    loaders -> loaders.values(List::clear).add(ClasspathResourceLoader.getInstance())));

    /**
     * @throws InvalidSchemaException if it is no JSON Schema, or refers to what does not stand in it
     */
    public Schema compile(JsonNode document) throws InvalidSchemaException {
        if (!document.isObject() && !document.isBoolean()) {
            throw new InvalidSchemaException(HERE + "it is neither an object nor a boolean");
        }
        checkForm(document);
        try {
            com.networknt.schema.Schema schema = schemas.getSchema(document);
            schema.initializeValidators();
            return (value, effort) -> violations(schema, value, effort);
        } catch (RuntimeException | StackOverflowError unusable) {
            throw new InvalidSchemaException(HERE + reason(unusable));
        }
    }

    private void checkForm(JsonNode document) throws InvalidSchemaException {
        JsonNode named = document.path("$schema");
        Optional<SpecificationVersion> draft = named.isMissingNode()
                ? Optional.of(SpecificationVersion.DRAFT_2020_12)
                : SpecificationVersion.fromDialectId(named.asText());
        if (draft.isEmpty()) {
            throw new InvalidSchemaException(HERE + "its \"$schema\" names no draft that is known: " + named.asText());
        }
        List<String> violations = texts(metaschemas
                .getSchema(SchemaLocation.of(draft.get().getDialectId()))
                .validate(document));
        if (!violations.isEmpty()) {
            throw new InvalidSchemaException(HERE + violations.getFirst());
        }
    }

    /** The library wraps what a loader throws. */
    private static String reason(Throwable unusable) {
        Throwable cause = unusable;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static List<String> violations(com.networknt.schema.Schema schema, JsonNode value, Effort effort) {
        BoundedExecution execution = new BoundedExecution(effort);
        try {
            execution.run(() -> schema.validate(execution, value, OutputFormat.DEFAULT));
            return texts(execution.getErrors());
        } catch (RuntimeException | StackOverflowError unusable) {
            String reason =
                    unusable instanceof StackOverflowError ? "it refers to itself without end" : reason(unusable);
            return List.of("the schema cannot be applied, since " + reason);
        }
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream()
                .limit(MAX_VIOLATIONS)
                .map(SchemaCompiler::violation)
                .toList();
    }

    private static String violation(Error error) {
        String place = error.getInstanceLocation().toString();
        return place.isEmpty() ? error.getMessage() : place + ": " + error.getMessage();
    }
}
