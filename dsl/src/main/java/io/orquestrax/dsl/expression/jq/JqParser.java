package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses jq 1.7 programs: pipes, definitions, control structures; {@link TermParser} has the rest. */
final class JqParser {
    static final int MAX_NESTING = 150;
    /** Of what is evaluated inside each other without looking nested. */
    static final int MAX_LENGTH = 300;

    private final JqLexer lexer;
    private final Builtins builtins;
    private final TermParser terms;
    private final Map<String, JqProgram.FreeVariable> freeVariables = new LinkedHashMap<>();
    private int nesting;

    JqParser(String source, Builtins builtins) {
        this.lexer = new JqLexer(source);
        this.builtins = builtins;
        this.terms = new TermParser(lexer, this);
    }

    /**
     * @throws JqSyntaxException if it is no program
     */
    Filter program() throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.END) {
            return new Basics.Identity();
        }
        Filter program = pipe(Bindings.NONE, true);
        if (lexer.peek().kind() != Kind.END) {
            throw lexer.unexpected("an operator or the end of the expression");
        }
        return program;
    }

    /** Definitions that follow each other up to the end: the text of builtin functions. */
    void definitions() throws JqSyntaxException {
        while (lexer.peek().kind() != Kind.END) {
            Head head = head();
            String signature = Bindings.signature(head.name(), head.parameters().size());
            body(head, builtins.definition(signature), Bindings.NONE);
        }
    }

    /** Variables that the program names and does not define, each with the offset of its first use. */
    Map<String, JqProgram.FreeVariable> freeVariables() {
        return freeVariables;
    }

    Filter pipe(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        return deeper(() -> nested(bindings, withCommas));
    }

    /** Something that can stand in itself. */
    interface Nested {
        Filter parse() throws JqSyntaxException;
    }

    Filter deeper(Nested part) throws JqSyntaxException {
        nesting++;
        if (nesting > MAX_NESTING) {
            throw new JqSyntaxException(
                    "Expected at most " + MAX_NESTING + " levels of nesting, but found more",
                    lexer.peek().start());
        }
        Filter filter = part.parse();
        nesting--;
        return filter;
    }

    private Filter nested(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        if (lexer.peek().is("def")) {
            return definition(bindings, withCommas);
        }
        if (lexer.accept("label")) {
            String label = variable("the label").text();
            lexer.expect("|", "after the label");
            Slot slot = new Slot(label);
            return new Label(slot, pipe(bindings.withLabel(label, slot), withCommas));
        }
        List<Filter> stages = new ArrayList<>();
        stages.add(comma(bindings, withCommas));
        while (lexer.accept("|")) {
            boolean isLast = lexer.peek().is("def") || lexer.peek().is("label");
            stages.add(isLast ? pipe(bindings, withCommas) : comma(bindings, withCommas));
            checkLength(stages.size(), "stages of a pipe");
        }
        Filter piped = stages.getLast();
        for (int index = stages.size() - 2; index >= 0; index--) {
            piped = Single.pipe(stages.get(index), piped);
        }
        return piped;
    }

    /** What is evaluated inside each other must not be endless. */
    void checkLength(int length, String what) throws JqSyntaxException {
        if (length > MAX_LENGTH) {
            throw new JqSyntaxException(
                    "Expected at most " + MAX_LENGTH + " " + what + ", but found more",
                    lexer.peek().start());
        }
    }

    private Filter comma(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        List<Filter> parts = new ArrayList<>();
        parts.add(binary(bindings));
        while (withCommas && lexer.accept(",")) {
            parts.add(binary(bindings));
        }
        return parts.size() == 1 ? parts.getFirst() : new Basics.Comma(List.copyOf(parts));
    }

    private Filter binary(Bindings bindings) throws JqSyntaxException {
        return new OperatorParser(lexer, this, () -> unary(bindings)).parse();
    }

    /** What operators stand between. */
    private Filter unary(Bindings bindings) throws JqSyntaxException {
        if (lexer.peek().is("def")) {
            return pipe(bindings, true);
        }
        if (lexer.accept("-")) {
            return deeper(() -> new Basics.Negation(unary(bindings)));
        }
        if (lexer.accept("try")) {
            return attempt(bindings);
        }
        Filter term = terms.postfix(bindings);
        return lexer.accept("as") ? binding(term, bindings) : term;
    }

    private Filter attempt(Bindings bindings) throws JqSyntaxException {
        Filter body = attempted(bindings);
        Filter handler = lexer.accept("catch") ? attempted(bindings) : null;
        return new Attempt(body, handler);
    }

    private Filter attempted(Bindings bindings) throws JqSyntaxException {
        if (lexer.accept("-")) {
            return deeper(() -> new Basics.Negation(attempted(bindings)));
        }
        return lexer.accept("try") ? deeper(() -> attempt(bindings)) : terms.postfix(bindings);
    }

    /** {@code term as pattern | body}. */
    private Filter binding(Filter term, Bindings bindings) throws JqSyntaxException {
        PatternParser patterns = new PatternParser(lexer, this, bindings);
        Binding.Patterns pattern = patterns.parse();
        lexer.expect("|", "after the variables");
        return new Binding(term, pattern, pipe(patterns.bindings(), true));
    }

    private record Head(String name, List<Definition.Parameter> parameters) {}

    private Filter definition(Bindings bindings, boolean withCommas) throws JqSyntaxException {
        Head head = head();
        String signature = Bindings.signature(head.name(), head.parameters().size());
        Slot place = new Slot(signature);
        Definition.Function function = new Definition.Function(signature, place);
        Bindings inner = bindings.withFunction(signature, new Bindings.OfDefinition(function));
        body(head, function, inner);
        return new Definition(place, pipe(inner, withCommas));
    }

    private Head head() throws JqSyntaxException {
        lexer.expect("def", "of a function");
        String name = name("the name of a function").text();
        List<Definition.Parameter> parameters = new ArrayList<>();
        if (lexer.accept("(")) {
            do {
                boolean isValue = lexer.peek().kind() == Kind.VARIABLE;
                String parameter =
                        isValue ? lexer.next().text() : name("a parameter").text();
                parameters.add(new Definition.Parameter(parameter, new Slot(parameter), isValue));
            } while (lexer.accept(";"));
            checkLength(parameters.size(), "parameters");
            lexer.expect(")", "after the parameters");
        }
        lexer.expect(":", "before the body of the function");
        return new Head(name, parameters);
    }

    private void body(Head head, Definition.Function function, Bindings bindings) throws JqSyntaxException {
        Bindings inner = bindings;
        for (Definition.Parameter parameter : head.parameters()) {
            inner = inner.withParameter(parameter);
        }
        Filter body = pipe(inner, true);
        lexer.expect(";", "after the body of the function");
        function.define(head.parameters(), body);
    }

    /** {@code if condition then … elif … else … end}; without an else, the input passes. */
    Filter conditional(Bindings bindings) throws JqSyntaxException {
        Filter condition = pipe(bindings, true);
        lexer.expect("then", "after the condition");
        Filter consequence = pipe(bindings, true);
        if (lexer.accept("elif")) {
            return Single.conditional(condition, consequence, deeper(() -> conditional(bindings)));
        }
        Filter otherwise = lexer.accept("else") ? pipe(bindings, true) : new Basics.Identity();
        lexer.expect("end", "of the if");
        return Single.conditional(condition, consequence, otherwise);
    }

    /** {@code reduce term as pattern (start; update)}. */
    Filter reduce(Bindings bindings) throws JqSyntaxException {
        Loop loop = loop("reduce", bindings);
        Filter update = pipe(loop.inner(), true);
        lexer.expect(")", "at the end of reduce");
        return new Binding.Reduction(loop.source(), loop.patterns(), loop.start(), update);
    }

    /** {@code foreach term as pattern (start; update; extract)}. */
    Filter foreach(Bindings bindings) throws JqSyntaxException {
        Loop loop = loop("foreach", bindings);
        Filter update = pipe(loop.inner(), true);
        Filter extract = lexer.accept(";") ? pipe(loop.inner(), true) : new Basics.Identity();
        lexer.expect(")", "at the end of foreach");
        return new Binding.Iteration(loop.source(), loop.patterns(), loop.start(), update, extract);
    }

    private record Loop(Filter source, Binding.Patterns patterns, Filter start, Bindings inner) {}

    private Loop loop(String word, Bindings bindings) throws JqSyntaxException {
        Filter source = deeper(() -> terms.postfix(bindings));
        lexer.expect("as", "after what " + word + " goes through");
        PatternParser patterns = new PatternParser(lexer, this, bindings);
        Binding.Patterns pattern = patterns.parse();
        lexer.expect("(", "before the start value of " + word);
        Filter start = pipe(bindings, true);
        lexer.expect(";", "after the start value of " + word);
        return new Loop(source, pattern, start, patterns.bindings());
    }

    Filter breakOut(Bindings bindings) throws JqSyntaxException {
        JqToken label = variable("a label");
        Slot slot = bindings.label(label.text());
        if (slot == null) {
            throw new JqSyntaxException(
                    "Expected the name of a label around this break, but found $" + label.text(), label.start());
        }
        return new Label.Break(slot);
    }

    /** The use of a variable. */
    Filter variable(JqToken variable, Bindings bindings) {
        if (variable.text().equals("__loc__")) {
            return new Basics.Constant(
                    Json.NODES.objectNode().put("file", "<top-level>").put("line", lexer.line(variable.start())));
        }
        Slot bound = bindings.variables().get(variable.text());
        if (bound != null) {
            return new Basics.Variable(bound);
        }
        JqProgram.FreeVariable free = freeVariables.computeIfAbsent(
                variable.text(), name -> new JqProgram.FreeVariable(new Slot(name), variable.start()));
        return new Basics.Variable(free.slot());
    }

    /**
     * @throws JqSyntaxException if there is no such function
     */
    Filter call(String name, List<Filter> arguments, int start, Bindings bindings) throws JqSyntaxException {
        String signature = Bindings.signature(name, arguments.size());
        Bindings.Target target = bindings.functions().get(signature);
        if (target != null) {
            return switch (target) {
                case Bindings.OfDefinition(Definition.Function function) -> new Call.OfDefined(function, arguments);
                case Bindings.OfParameter(Slot parameter) -> new Call.OfParameter(parameter);
                case Bindings.OfValue(Slot variable) -> new Basics.Variable(variable);
            };
        }
        return builtins.call(signature, arguments)
                .orElseThrow(() -> builtins.unknown(name, arguments.size(), start, bindings.signatures()));
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
