package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.CompiledExpression;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles the expressions and templates of a document. */
final class Expressions {
    /** Stands where an expression could not be compiled; the document is refused anyway. */
    private static final Template BROKEN = Template.constant(Json.NODES.nullNode());

    private final ExpressionCompiler compiler;

    Expressions(ExpressionCompiler compiler) {
        this.compiler = compiler;
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
            return Template.of(compile(part, text, visible));
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
            CompiledExpression compiled = compiler.compile(program.source());
            compiled.variables().forEach((name, offset) -> {
                if (!visible.contains(name)) {
                    unknownVariable(part, name, program.offset() + offset, visible);
                }
            });
            return compiled;
        } catch (ExpressionSyntaxException wrong) {
            ProblemCode code = switch (wrong.kind()) {
                case SYNTAX -> ProblemCode.EXPRESSION_SYNTAX;
                case UNKNOWN_FUNCTION -> ProblemCode.UNKNOWN_FUNCTION;
            };
            String hint = NearMiss.hint(wrong.found(), wrong.candidates());
            String message = wrong.getMessage() + hint + " (character " + (wrong.offset() + 1) + " of the expression)";
            part.report().errorInside(part.pointer(), program.offset() + wrong.offset(), code, message);
            return ExpressionCompiler.NULL;
        }
    }

    private static void unknownVariable(Part part, String name, int offset, Set<String> visible) {
        if (name.equals("secrets")) {
            part.report()
                    .errorInside(
                            part.pointer(),
                            offset,
                            ProblemCode.SECRET_IN_EXPRESSION,
                            "Expected no secret in an expression, but found $secrets: its value would stand in the"
                                    + " history; let the worker resolve it");
            return;
        }
        if (name.equals("authorization")) {
            part.report()
                    .errorInside(
                            part.pointer(),
                            offset,
                            ProblemCode.NOT_SUPPORTED_YET,
                            "Expected a variable that this version supports, but found $authorization, which it does"
                                    + " not support yet");
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
