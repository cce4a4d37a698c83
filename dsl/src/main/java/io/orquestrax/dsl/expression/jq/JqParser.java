package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.AssignPipeComponent;
import net.thisptr.jackson.jq.internal.tree.Conditional;
import net.thisptr.jackson.jq.internal.tree.ForeachExpression;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.ReduceExpression;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;
import net.thisptr.jackson.jq.internal.tree.Tuple;
import net.thisptr.jackson.jq.internal.tree.matcher.PatternMatcher;
import org.jspecify.annotations.Nullable;

/** Parses jq 1.7 programs: pipes, definitions, control structures; {@link TermParser} has the rest. */
final class JqParser {
    private static final int MAX_NESTING = 150;

    private final JqLexer lexer;
    private final Builtins builtins;
    private final TermParser terms;
    private final Map<String, Integer> freeVariables = new LinkedHashMap<>();
    private int nesting;

    JqParser(String source, Builtins builtins) {
        this.lexer = new JqLexer(source);
        this.builtins = builtins;
        this.terms = new TermParser(lexer, this);
    }

    /** A function; its parameters with a dollar sign are values. */
    record Signature(String name, List<String> parameters, Expression body) {}

    /**
     * @throws JqSyntaxException if it is no program
     */
    Expression program() throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.END) {
            return new ThisObject();
        }
        Expression program = pipe(Bindings.NONE, true);
        if (lexer.peek().kind() != Kind.END) {
            throw lexer.unexpected("an operator or the end of the expression");
        }
        return program;
    }

    /** Definitions that follow each other up to the end: the text of builtin functions. */
    List<Signature> definitions() throws JqSyntaxException {
        List<Signature> definitions = new ArrayList<>();
        while (lexer.peek().kind() != Kind.END) {
            definitions.add(definition(Bindings.NONE));
        }
        return definitions;
    }

    /** Variables that the program names and does not define, each with the offset of its first use. */
    Map<String, Integer> freeVariables() {
        return freeVariables;
    }

    Expression pipe(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        nesting++;
        if (nesting > MAX_NESTING) {
            throw new JqSyntaxException(
                    "Expected at most " + MAX_NESTING + " levels of nesting, but found more",
                    lexer.peek().start());
        }
        Expression expression = nested(bindings, withCommas);
        nesting--;
        return expression;
    }

    private Expression nested(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        if (lexer.peek().is("def")) {
            Signature definition = definition(bindings);
            String signature = Bindings.signature(
                    definition.name(), definition.parameters().size());
            Expression rest = pipe(bindings.withFunction(signature), withCommas);
            return new Definition(definition.name(), definition.parameters(), definition.body(), rest);
        }
        if (lexer.accept("label")) {
            String label = variable("the label").text();
            lexer.expect("|", "after the label");
            return new Label(label, pipe(bindings.withLabel(label), withCommas));
        }
        List<Expression> stages = new ArrayList<>();
        stages.add(comma(bindings, withCommas));
        while (lexer.accept("|")) {
            boolean isLast = lexer.peek().is("def") || lexer.peek().is("label");
            stages.add(isLast ? pipe(bindings, withCommas) : comma(bindings, withCommas));
        }
        return piped(stages);
    }

    private static Expression piped(List<Expression> stages) {
        return stages.size() == 1
                ? stages.getFirst()
                : new PipedQuery(new ArrayList<>(
                        stages.stream().map(TransformPipeComponent::new).toList()));
    }

    private Expression comma(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        List<Expression> parts = new ArrayList<>();
        parts.add(binary(bindings));
        while (withCommas && lexer.accept(",")) {
            parts.add(binary(bindings));
        }
        return parts.size() == 1 ? parts.getFirst() : new Counted(new Tuple(parts));
    }

    private Expression binary(Bindings bindings) throws JqSyntaxException {
        return new OperatorParser(lexer, () -> unary(bindings)).parse();
    }

    /** What operators stand between. */
    private Expression unary(Bindings bindings) throws JqSyntaxException {
        if (lexer.peek().is("def")) {
            return pipe(bindings, true);
        }
        if (lexer.accept("-")) {
            return new Negation(unary(bindings));
        }
        if (lexer.accept("try")) {
            return attempt(bindings);
        }
        Expression term = terms.postfix(bindings);
        return lexer.accept("as") ? binding(term, bindings) : term;
    }

    private Expression attempt(Bindings bindings) throws JqSyntaxException {
        Expression body = attempted(bindings);
        Expression handler = lexer.accept("catch") ? attempted(bindings) : null;
        return new Attempt(body, handler);
    }

    private Expression attempted(Bindings bindings) throws JqSyntaxException {
        if (lexer.accept("-")) {
            return new Negation(attempted(bindings));
        }
        return lexer.accept("try") ? attempt(bindings) : terms.postfix(bindings);
    }

    /** {@code term as pattern | body}. */
    private Expression binding(Expression term, Bindings bindings) throws JqSyntaxException {
        PatternParser patterns = new PatternParser(lexer, this, bindings);
        PatternMatcher pattern = patterns.parse();
        if (lexer.peek().is("?//")) {
            throw new JqSyntaxException(
                    "Expected one pattern, but found the alternative ?//, which is not supported",
                    lexer.peek().start());
        }
        lexer.expect("|", "after the variables");
        Expression body = pipe(bindings.withVariables(patterns.names()), true);
        return new PipedQuery(List.of(new AssignPipeComponent(term, pattern), new TransformPipeComponent(body)));
    }

    private Signature definition(Bindings bindings) throws JqSyntaxException {
        lexer.expect("def", "of a function");
        String name = name("the name of a function").text();
        List<String> parameters = new ArrayList<>();
        Bindings inner = bindings;
        if (lexer.accept("(")) {
            do {
                boolean isValue = lexer.peek().kind() == Kind.VARIABLE;
                String parameter =
                        isValue ? lexer.next().text() : name("a parameter").text();
                parameters.add(isValue ? "$" + parameter : parameter);
                inner = isValue
                        ? inner.withVariables(List.of(parameter))
                        : inner.withFunction(Bindings.signature(parameter, 0));
            } while (lexer.accept(";"));
            lexer.expect(")", "after the parameters");
        }
        lexer.expect(":", "before the body of the function");
        Expression body = pipe(inner.withFunction(Bindings.signature(name, parameters.size())), true);
        lexer.expect(";", "after the body of the function");
        return new Signature(name, parameters, body);
    }

    /** {@code if condition then … elif … else … end}; without an else, the input passes. */
    Expression conditional(Bindings bindings) throws JqSyntaxException {
        List<Pair<Expression, Expression>> branches = new ArrayList<>();
        do {
            Expression condition = pipe(bindings, true);
            lexer.expect("then", "after the condition");
            branches.add(Pair.of(condition, pipe(bindings, true)));
        } while (lexer.accept("elif"));
        Expression otherwise = lexer.accept("else") ? pipe(bindings, true) : new ThisObject();
        lexer.expect("end", "of the if");
        return new Conditional(branches, otherwise);
    }

    /** {@code reduce term as pattern (start; update)}. */
    Expression reduce(Bindings bindings) throws JqSyntaxException {
        Loop loop = loop("reduce", bindings);
        Expression update = pipe(loop.inner(), true);
        lexer.expect(")", "at the end of reduce");
        return new ReduceExpression(loop.pattern(), loop.start(), update, new Counted(loop.source()));
    }

    /** {@code foreach term as pattern (start; update; extract)}. */
    Expression foreach(Bindings bindings) throws JqSyntaxException {
        Loop loop = loop("foreach", bindings);
        Expression update = pipe(loop.inner(), true);
        @Nullable Expression extract = lexer.accept(";") ? pipe(loop.inner(), true) : null;
        lexer.expect(")", "at the end of foreach");
        return new ForeachExpression(loop.pattern(), loop.start(), update, extract, new Counted(loop.source()));
    }

    private record Loop(Expression source, PatternMatcher pattern, Expression start, Bindings inner) {}

    private Loop loop(String word, Bindings bindings) throws JqSyntaxException {
        Expression source = terms.postfix(bindings);
        lexer.expect("as", "after what " + word + " goes through");
        PatternParser patterns = new PatternParser(lexer, this, bindings);
        PatternMatcher pattern = patterns.parse();
        lexer.expect("(", "before the start value of " + word);
        Expression start = pipe(bindings, true);
        lexer.expect(";", "after the start value of " + word);
        return new Loop(source, pattern, start, bindings.withVariables(patterns.names()));
    }

    Expression breakOut(Bindings bindings) throws JqSyntaxException {
        JqToken label = variable("a label");
        if (!bindings.labels().contains(label.text())) {
            throw new JqSyntaxException(
                    "Expected the name of a label around this break, but found $" + label.text(), label.start());
        }
        return new Label.Break(label.text());
    }

    /** Records the use of a variable. */
    void useVariable(JqToken variable, Bindings bindings) {
        if (!bindings.variables().contains(variable.text())) {
            freeVariables.putIfAbsent(variable.text(), variable.start());
        }
    }

    /**
     * @throws JqSyntaxException if there is no such function
     */
    void useFunction(String name, int arguments, int start, Bindings bindings) throws JqSyntaxException {
        String signature = Bindings.signature(name, arguments);
        if (!bindings.functions().contains(signature) && !builtins.has(signature)) {
            throw builtins.unknown(name, arguments, start, bindings.functions());
        }
    }

    private JqToken variable(String expected) throws JqSyntaxException {
        if (lexer.peek().kind() != Kind.VARIABLE) {
            throw lexer.unexpected("a name with a dollar sign for " + expected);
        }
        return lexer.next();
    }

    private JqToken name(String expected) throws JqSyntaxException {
        if (lexer.peek().kind() != Kind.NAME) {
            throw lexer.unexpected(expected);
        }
        return lexer.next();
    }
}
