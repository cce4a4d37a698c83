package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Schema;
import java.util.Optional;

/** Reads {@code input}, {@code output} and {@code export}, of tasks and of the workflow. */
final class DataFlow {
    private static final String TEMPLATE = "a text with a jq expression, or an object";

    private final Expressions expressions;
    private final SchemaReader schemas;

    DataFlow(Expressions expressions, SchemaReader schemas) {
        this.expressions = expressions;
        this.schemas = schemas;
    }

    InputSpec input(Optional<Part> part, VisibleNames names, Moment moment) {
        if (part.isEmpty()) {
            return InputSpec.NONE;
        }
        Fields fields = part.get().fields("an object with schema or from, {from: .x} for example");
        fields.belongUnder("schema.document", SchemaReader.WORDS);
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
        return owner.optional("schema").flatMap(schemas::read);
    }
}
