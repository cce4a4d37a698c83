package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.ExternalResources.UnavailableException;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.Schema;
import io.orquestrax.dsl.schema.InvalidSchemaException;
import io.orquestrax.dsl.schema.SchemaCompiler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads schemas, which stand in the document or at a URI; what stands there when the document is deployed counts. */
record SchemaReader(SchemaCompiler schemas, ExternalResources resources, Authentications authentications) {
    static final String[] WORDS = {"type", "properties", "required", "items", "$schema", "$ref"};

    private static final Schema ANYTHING = (value, effort) -> List.of();

    Optional<Schema> read(Part part) {
        Fields fields = part.fields("an object with document or resource");
        fields.belongUnder("document", WORDS);
        boolean isJson = fields.optional("format").map(SchemaReader::isJson).orElse(true);
        Optional<Part> resource = fields.optional("resource");
        Optional<Part> document =
                resource.isPresent() ? fields.optional("document") : fields.required("document", "the schema itself");
        fields.finish();
        if (resource.isPresent() && document.isPresent()) {
            resource.get().invalid("Expected either \"document\" or \"resource\", but found both");
            return Optional.empty();
        }
        if (!isJson) {
            return Optional.empty();
        }
        return resource.isPresent()
                ? external(resource.get())
                : document.flatMap(each -> compiled(each, each.value(), ""));
    }

    private static boolean isJson(Part format) {
        Optional<String> name = format.text("a text, \"json\" for example");
        if (name.isPresent()) {
            String base = name.get().split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (base.equals("json")) {
                return true;
            }
            format.report()
                    .errorAtValue(
                            format.pointer(),
                            ProblemCode.NOT_SUPPORTED_YET,
                            "Expected the schema format \"json\", but found " + format.found()
                                    + ", which this version does not support yet");
        }
        return false;
    }

    private Optional<Schema> external(Part resource) {
        Fields fields = resource.fields("an object with endpoint");
        fields.optional("name").ifPresent(each -> each.text("a text"));
        Optional<FixedPlace> place = fields.required("endpoint", "where the schema is")
                .flatMap(each -> FixedPlace.read(each, "the schema", authentications));
        fields.finish();
        return place.flatMap(this::at);
    }

    private Optional<Schema> at(FixedPlace place) {
        Part part = place.part();
        try {
            Optional<JsonNode> schema = place.look(resources);
            return schema.isEmpty() ? Optional.of(ANYTHING) : compiled(part, schema.get(), " (at " + place.uri() + ")");
        } catch (UnavailableException unavailable) {
            part.report()
                    .errorAtValue(
                            part.pointer(),
                            ProblemCode.UNAVAILABLE_RESOURCE,
                            "Expected a JSON Schema at " + place.uri() + ", but " + unavailable.getMessage());
            return Optional.empty();
        }
    }

    /**
     * @param where the schema stands, to end a message with; empty where the problem is told at it
     */
    private Optional<Schema> compiled(Part place, JsonNode schema, String where) {
        try {
            return Optional.of(schemas.compile(schema));
        } catch (InvalidSchemaException invalid) {
            place.report().errorAtValue(place.pointer(), ProblemCode.INVALID_SCHEMA, invalid.getMessage() + where);
            return Optional.empty();
        }
    }
}
