package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Schema;
import io.orquestrax.dsl.schema.InvalidSchemaException;
import io.orquestrax.dsl.schema.SchemaCompiler;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code input}, {@code output} and {@code export}, of tasks and of the workflow. */
final class DataFlow {
    private static final String TEMPLATE = "a text with a jq expression, or an object";

    private static final String[] SCHEMA_WORDS = {"type", "properties", "required", "items", "$schema", "$ref"};

    private final Expressions expressions;
    private final SchemaCompiler schemas;

    DataFlow(Expressions expressions, SchemaCompiler schemas) {
        this.expressions = expressions;
        this.schemas = schemas;
    }

    InputSpec input(Optional<Part> part, VisibleNames names, Moment moment) {
        if (part.isEmpty()) {
            return InputSpec.NONE;
        }
        Fields fields = part.get().fields("an object with schema or from, {from: .x} for example");
        fields.belongUnder("schema.document", SCHEMA_WORDS);
        Optional<Schema> schema = schema(fields);
        Optional<Template> from =
                fields.optional("from").map(each -> expressions.textOrObject(each, names, moment, TEMPLATE));
        fields.finish();
        return new InputSpec(schema.orElse(null), from.orElse(null));
    }

    OutputSpec output(Optional<Part> part, VisibleNames names, Moment moment) {
        if (part.isEmpty()) {
            return OutputSpec.NONE;
        }
        Fields fields = part.get().fields("an object with as or schema, {as: .x} for example");
        Optional<Template> as =
                fields.optional("as").map(each -> expressions.textOrObject(each, names, moment, TEMPLATE));
        Optional<Schema> schema = schema(fields);
        fields.finish();
        return new OutputSpec(as.orElse(null), schema.orElse(null));
    }

    ExportSpec export(Optional<Part> part, VisibleNames names) {
        if (part.isEmpty()) {
            return ExportSpec.NONE;
        }
        Fields fields = part.get().fields("an object with as or schema, {as: .x} for example");
        Optional<Template> as =
                fields.optional("as").map(each -> expressions.textOrObject(each, names, Moment.EXPORT, TEMPLATE));
        Optional<Schema> schema = schema(fields);
        fields.finish();
        return new ExportSpec(as.orElse(null), schema.orElse(null));
    }

    private Optional<Schema> schema(Fields owner) {
        return owner.optional("schema").flatMap(this::schema);
    }

    private Optional<Schema> schema(Part part) {
        Fields fields = part.fields("an object with document");
        fields.belongUnder("document", SCHEMA_WORDS);
        boolean isJson = fields.optional("format").map(DataFlow::isJson).orElse(true);
        Optional<Part> resource = fields.optional("resource");
        resource.ifPresent(each -> each.notSupportedYet("a schema in an external resource"));
        Optional<Part> document =
                resource.isPresent() ? fields.optional("document") : fields.required("document", "the schema itself");
        fields.finish();
        return isJson ? document.flatMap(DataFlow.this::compiled) : Optional.empty();
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

    private Optional<Schema> compiled(Part document) {
        JsonNode schema = document.value();
        try {
            return Optional.of(schemas.compile(schema));
        } catch (InvalidSchemaException invalid) {
            document.report().errorAtValue(document.pointer(), ProblemCode.INVALID_SCHEMA, invalid.getMessage());
            return Optional.empty();
        }
    }
}
