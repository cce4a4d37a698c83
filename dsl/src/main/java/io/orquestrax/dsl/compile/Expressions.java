package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.CompiledExpression;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.SecretReferences;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles the expressions and templates of a document. */
final class Expressions {
    /** Stands where an expression could not be compiled; the document is refused anyway. */
    private static final Template BROKEN = Template.constant(Json.NODES.nullNode());

    private static final String SECRETS = "secrets";
    private static final String AUTHORIZATION = "authorization";

    /** What is written like a function without arguments. */
    private static final List<String> LITERALS = List.of("true", "false", "null");

    private final ExpressionCompiler compiler;
    private final Definitions definitions;
    private final boolean isLoose;
    /** The same text may stand in many places, or be reached from many. */
    private final Map<String, CompiledExpression> compiled = new HashMap<>();

    /**
     * @param isLoose whether texts of values are expressions where they can be
     */
    Expressions(ExpressionCompiler compiler, Definitions definitions, boolean isLoose) {
        this.compiler = compiler;
        this.definitions = definitions;
        this.isLoose = isLoose;
    }

    /** A property that is always an expression, bare or in <code>${ }</code>. */
    Expression always(Part part, VisibleNames names, Moment moment) {
        return part.text("a text with a jq expression")
                .map(text -> compile(part, text, names.at(moment)))
                .orElse(ExpressionCompiler.NULL);
    }

    /** A text that is always an expression, or an object whose texts may be some: input.from, output.as, set … */
    Template textOrObject(Part part, VisibleNames names, Moment moment, String expected) {
        if (part.value().isTextual()) {
            return Template.of(compile(part, part.value().textValue(), names.at(moment)));
        }
        if (!part.value().isObject()) {
            part.wrongType(expected);
            return BROKEN;
        }
        return value(part, names, moment);
    }

    /** A value whose texts are expressions only where they are <code>${ }</code> as a whole. */
    Template value(Part part, VisibleNames names, Moment moment) {
        return value(part, names.at(moment));
    }

    /** An object, any of whose texts may be an expression, or an expression that gives one. */
    Template objectOrExpression(Part part, VisibleNames names, Moment moment) {
        boolean isExpression = part.value().isTextual()
                && ExpressionSyntax.isWrapped(part.value().textValue());
        if (!part.value().isObject() && !isExpression) {
            part.wrongType("an object, or an expression in ${ }");
        }
        Template template = value(part, names, moment);
        return isExpression ? template.map(value -> Endpoints.checkedObject(part.pointer(), value)) : template;
    }

    private Template value(Part part, Set<String> visible) {
        JsonNode value = part.value();
        return switch (value.getNodeType()) {
            case STRING -> text(part, value.textValue(), visible);
            case OBJECT -> object(part, visible);
            case ARRAY -> array(part, visible);
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> Template.constant(value);
        };
    }

    private Template text(Part part, String text, Set<String> visible) {
        if (ExpressionSyntax.isWrapped(text)) {
            Expression expression = compile(part, text, visible);
            return expression instanceof CompiledExpression known
                            && isKnownOnlyInTheCall(known)
                            && visible.contains(SECRETS)
                    ? deferred(part, known)
                    : Template.of(expression);
        }
        if (isLoose) {
            return loose(part, text, visible);
        }
        if (text.contains("${")) {
            part.report()
                    .warningAtValue(
                            part.pointer(),
                            ProblemCode.LITERAL_EXPRESSION,
                            "Expected ${ } around the whole text, but found it around a part: the text is taken as it"
                                    + " is; write ${ \"… \\(.x) …\" } to put values into a text");
        }
        return Template.constant(part.value());
    }

    /** A text that is no expression, or an expression that fails, stands for itself. */
    private Template loose(Part part, String text, Set<String> visible) {
        try {
            CompiledExpression expression = compiled(text);
            return visible.containsAll(expression.variables().keySet()) && !isKnownOnlyInTheCall(expression)
                    ? Template.of(expression).orElse(part.value())
                    : Template.constant(part.value());
        } catch (ExpressionSyntaxException literal) {
            return Template.constant(part.value());
        }
    }

    private static boolean isKnownOnlyInTheCall(CompiledExpression expression) {
        return expression.variables().containsKey(SECRETS)
                || expression.variables().containsKey(AUTHORIZATION);
    }

    private Template deferred(Part part, CompiledExpression expression) {
        SecretReferences references = SecretReferences.of(expression.source());
        int start = ExpressionSyntax.unwrap(part.value().textValue()).offset();
        references.names().forEach((name, offset) -> {
            if (definitions.use(Section.SECRETS, name).isEmpty()) {
                unknownSecret(part, start + offset, definitions.unknown(Section.SECRETS, name));
            }
        });
        if (references.computed() < 0) {
            return Template.deferred(expression, references.names().keySet());
        }
        Set<String> all = Set.copyOf(definitions.names(Section.SECRETS));
        if (all.isEmpty()) {
            unknownSecret(
                    part,
                    start + references.computed(),
                    "Expected the names of secrets in \"use.secrets\", since $secrets has no others, but found none");
        }
        all.forEach(name -> definitions.use(Section.SECRETS, name));
        return Template.deferred(expression, all);
    }

    private static void unknownSecret(Part part, int offset, String message) {
        part.report().errorInside(part.pointer(), offset, ProblemCode.UNKNOWN_REFERENCE, message);
    }

    private CompiledExpression compiled(String source) throws ExpressionSyntaxException {
        CompiledExpression known = compiled.get(source);
        if (known == null) {
            known = compiler.compile(source);
            compiled.put(source, known);
        }
        return known;
    }

    private Template object(Part part, Set<String> visible) {
        Map<String, Template> members = new LinkedHashMap<>();
        part.value().fieldNames().forEachRemaining(name -> members.put(name, value(part.member(name), visible)));
        return Template.object(members);
    }

    private Template array(Part part, Set<String> visible) {
        List<Template> items = new ArrayList<>();
        part.items("a list").forEach(item -> items.add(value(item, visible)));
        return Template.array(items);
    }

    private Expression compile(Part part, String text, Set<String> visible) {
        ExpressionSyntax.Program program = ExpressionSyntax.unwrap(text);
        try {
            CompiledExpression expression = compiled(program.source());
            expression.variables().forEach((name, offset) -> {
                if (!visible.contains(name)) {
                    unknownVariable(part, name, program.offset() + offset, visible);
                }
            });
            return expression;
        } catch (ExpressionSyntaxException wrong) {
            ProblemCode code = switch (wrong.kind()) {
                case SYNTAX -> ProblemCode.EXPRESSION_SYNTAX;
                case UNKNOWN_FUNCTION -> ProblemCode.UNKNOWN_FUNCTION;
            };
            List<String> candidates = new ArrayList<>(wrong.candidates());
            if (!candidates.isEmpty()) {
                candidates.addAll(LITERALS);
            }
            String hint = NearMiss.hint(wrong.found(), candidates);
            String message = wrong.getMessage() + hint + wrapping(text, wrong.offset()) + " (character "
                    + (wrong.offset() + 1) + " of the expression)";
            part.report().errorInside(part.pointer(), program.offset() + wrong.offset(), code, message);
            return ExpressionCompiler.NULL;
        }
    }

    /** Where a text is not wrapped as a whole, its braces are taken for jq. */
    private static String wrapping(String text, int offset) {
        boolean isOpening = !ExpressionSyntax.isWrapped(text) && text.startsWith("${", offset);
        return isOpening ? "; ${ } stands around a whole text, or is left out here" : "";
    }

    private void unknownVariable(Part part, String name, int offset, Set<String> visible) {
        if (name.equals(SECRETS)) {
            SecretReferences.of(part.value().textValue())
                    .names()
                    .keySet()
                    .forEach(each -> definitions.use(Section.SECRETS, each));
            part.report()
                    .errorInside(
                            part.pointer(),
                            offset,
                            ProblemCode.SECRET_IN_EXPRESSION,
                            "Expected no secret here, but found $secrets: its value would stand in the history; name it"
                                    + " where a connector uses it, in the \"with\" of an http or openapi call");
            return;
        }
        if (name.equals(AUTHORIZATION)) {
            part.report()
                    .errorInside(
                            part.pointer(),
                            offset,
                            ProblemCode.SECRET_IN_EXPRESSION,
                            "Expected no credentials here, but found $authorization, which is known only while a call is"
                                    + " made; name it in the headers, the query, the body or the parameters of an http or"
                                    + " openapi call");
            return;
        }
        part.report()
                .errorInside(
                        part.pointer(),
                        offset,
                        ProblemCode.UNKNOWN_VARIABLE,
                        "Expected " + (visible.isEmpty() ? "no variable" : "one of $" + String.join(", $", visible))
                                + ", but found $" + name
                                + NearMiss.hint(name, visible));
    }
}
