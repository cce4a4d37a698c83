package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code run} starts outside of the platform. Whatever form the author chose, a connector gets one:
 *
 * <pre>{@code
 * shell:     {"command", "arguments"?, "stdin"?, "environment"?, "return"}
 * script:    {"language": "js" or "python", "code" or "source": {"name"?, "endpoint"}, "arguments"?, "stdin"?,
 *             "environment"?, "return"}
 * container: {"image", "name"?, "command"?, "arguments"?, "ports"?, "volumes"?, "environment"?, "stdin"?,
 *             "cleanup", "after"?, "pullPolicy", "return"}
 * }</pre>
 *
 * inside of what {@link DeferredValues} describes.
 */
record ProcessRuns(Expressions expressions, Endpoints endpoints) {
    static final List<String> KINDS = List.of("container", "script", "shell");

    private static final String DEFAULT_RETURN = "stdout";
    private static final List<String> LANGUAGES = List.of("js", "javascript", "python");
    private static final List<String> CLEANUPS = List.of("always", "never", "eventually");
    private static final List<String> PULL_POLICIES = List.of("ifNotPresent", "always", "never");

    /**
     * @param kind one of {@link #KINDS}
     * @param returned what of the process is the output
     */
    Template arguments(String kind, Part part, Optional<String> returned, VisibleNames names) {
        Map<String, Template> members = new LinkedHashMap<>();
        switch (kind) {
            case "shell" -> shell(part, members, names);
            case "script" -> script(part, members, names);
            default -> container(part, members, names);
        }
        members.put("return", text(returned.orElse(DEFAULT_RETURN)));
        return DeferredValues.arguments(Template.object(members));
    }

    private void shell(Part part, Map<String, Template> members, VisibleNames names) {
        Fields fields = part.fields("an object with command");
        fields.required("command", "what the shell is to run")
                .ifPresent(each -> members.put("command", present(each, "a command", names)));
        fields.optional("arguments").ifPresent(each -> members.put("arguments", list(each, names)));
        common(fields, members, names);
    }

    private void script(Part part, Map<String, Template> members, VisibleNames names) {
        Fields fields = part.fields("an object with language, and code or source");
        fields.belongUnder("source", "endpoint");
        fields.required("language", "js or python")
                .flatMap(each -> each.word(LANGUAGES))
                .ifPresent(word -> members.put("language", text(word.equals("python") ? word : "js")));
        Optional<Part> code = fields.optional("code");
        Optional<Part> source = fields.optional("source");
        if (code.isPresent() && source.isPresent()) {
            source.get()
                    .report()
                    .errorAtKey(
                            source.get().pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected either \"code\" or \"source\", but found both");
        } else if (code.isEmpty() && source.isEmpty()) {
            fields.required("code", "the script, or source, where it is");
        }
        code.ifPresent(each -> members.put("code", present(each, "a script", names)));
        source.ifPresent(each -> members.put("source", endpoints.resource(each, names)));
        fields.optional("arguments").ifPresent(each -> members.put("arguments", listOrObject(each, names)));
        common(fields, members, names);
    }

    private void container(Part part, Map<String, Template> members, VisibleNames names) {
        Fields fields = part.fields("an object with image");
        fields.belongUnder("lifetime", "cleanup", "after");
        fields.required("image", "of the container").ifPresent(each -> members.put("image", text(each, names)));
        fields.optional("name").ifPresent(each -> members.put("name", text(each, names)));
        fields.optional("command").ifPresent(each -> members.put("command", text(each, names)));
        fields.optional("arguments").ifPresent(each -> members.put("arguments", list(each, names)));
        fields.optional("ports")
                .ifPresent(each -> members.put("ports", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.optional("volumes")
                .ifPresent(
                        each -> members.put("volumes", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        lifetime(fields.optional("lifetime"), members);
        members.put(
                "pullPolicy",
                text(fields.optional("pullPolicy")
                        .flatMap(each -> each.word(PULL_POLICIES))
                        .orElse("ifNotPresent")));
        common(fields, members, names);
    }

    private static void lifetime(Optional<Part> part, Map<String, Template> members) {
        Optional<Fields> fields = part.map(each -> each.fields("an object with cleanup"));
        Optional<String> cleanup = fields.flatMap(each -> each.required("cleanup", "when the container is removed"))
                .flatMap(each -> each.word(CLEANUPS));
        Optional<Part> after = fields.flatMap(each -> each.optional("after"));
        members.put("cleanup", text(cleanup.orElse("never")));
        if (cleanup.filter("eventually"::equals).isPresent()) {
            if (after.isEmpty()) {
                fields.ifPresent(each -> each.required("after", "how long the container stays"));
            }
        } else if (cleanup.isPresent() && after.isPresent()) {
            after.get().invalid("Expected \"after\" only where cleanup is eventually, but it is " + cleanup.get());
        }
        after.flatMap(DurationReader::known).ifPresent(each -> members.put("after", text(each.toString())));
        fields.ifPresent(Fields::finish);
    }

    private void common(Fields fields, Map<String, Template> members, VisibleNames names) {
        fields.optional("stdin")
                .filter(each -> each.text("a text, or an expression in ${ }").isPresent())
                .ifPresent(each -> members.put("stdin", expressions.value(each, names, Moment.CONNECTOR)));
        fields.optional("environment")
                .ifPresent(each ->
                        members.put("environment", expressions.objectOrExpression(each, names, Moment.CONNECTOR)));
        fields.finish();
    }

    /**
     * @param expected what would be in the text
     */
    private Template present(Part part, String expected, VisibleNames names) {
        if (part.value().isTextual() && part.value().textValue().isBlank()) {
            part.invalid("Expected " + expected + ", but it is empty");
        }
        return text(part, names);
    }

    private Template text(Part part, VisibleNames names) {
        part.text("a text, or an expression in ${ }");
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    private static Template text(String constant) {
        return Template.constant(Json.NODES.textNode(constant));
    }

    private Template list(Part part, VisibleNames names) {
        if (!part.value().isArray() && !isExpression(part)) {
            part.wrongType("a list of texts, or an expression in ${ }");
        }
        return expressions.value(part, names, Moment.CONNECTOR);
    }

    private Template listOrObject(Part part, VisibleNames names) {
        return part.value().isObject() ? expressions.value(part, names, Moment.CONNECTOR) : list(part, names);
    }

    private static boolean isExpression(Part part) {
        return part.value().isTextual()
                && ExpressionSyntax.isWrapped(part.value().textValue());
    }
}
