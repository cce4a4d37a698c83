package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses what follows {@code as}: a variable, or a pattern of some, or several of these for alternatives. */
final class PatternParser {
    private static final int MAX_DEPTH = 20;

    private final JqLexer lexer;
    private final JqParser parser;
    private final Bindings outer;
    private final Map<String, Slot> slots = new LinkedHashMap<>();

    PatternParser(JqLexer lexer, JqParser parser, Bindings outer) {
        this.lexer = lexer;
        this.parser = parser;
        this.outer = outer;
    }

    /** With the variables that the patterns bind. */
    Bindings bindings() {
        return outer.withVariables(slots);
    }

    Binding.Patterns parse() throws JqSyntaxException {
        List<Pattern> alternatives = new ArrayList<>();
        do {
            alternatives.add(pattern(0));
        } while (lexer.accept("?//"));
        parser.checkLength(alternatives.size(), "alternatives of a pattern");
        return new Binding.Patterns(
                List.copyOf(alternatives), alternatives.size() == 1 ? List.of() : List.copyOf(slots.values()));
    }

    private Pattern pattern(int depth) throws JqSyntaxException {
        if (depth > MAX_DEPTH) {
            throw lexer.unexpected("at most " + MAX_DEPTH + " levels of a pattern");
        }
        if (lexer.peek().kind() == Kind.VARIABLE) {
            return new Pattern.Single(bind());
        }
        if (lexer.accept("[")) {
            List<Pattern> items = new ArrayList<>();
            do {
                items.add(pattern(depth + 1));
            } while (lexer.accept(","));
            parser.checkLength(items.size(), "items of a pattern");
            lexer.expect("]", "at the end of the pattern");
            return new Pattern.Items(List.copyOf(items));
        }
        if (lexer.accept("{")) {
            List<Pattern.Member> members = new ArrayList<>();
            do {
                members.add(member(depth));
            } while (lexer.accept(","));
            parser.checkLength(members.size(), "members of a pattern");
            lexer.expect("}", "at the end of the pattern");
            return new Pattern.Members(List.copyOf(members));
        }
        throw lexer.unexpected("a variable, \"[\" or \"{\"");
    }

    private Pattern.Member member(int depth) throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.VARIABLE) {
            Filter name = new Basics.Constant(Json.NODES.textNode(lexer.peek().text()));
            Slot slot = bind();
            @Nullable Pattern inner = lexer.accept(":") ? pattern(depth + 1) : null;
            return new Pattern.Member(name, slot, inner);
        }
        Filter name = name();
        lexer.expect(":", "after the name of the member");
        return new Pattern.Member(name, null, pattern(depth + 1));
    }

    private Filter name() throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.NAME) {
            return new Basics.Constant(Json.NODES.textNode(lexer.next().text()));
        }
        if (lexer.peek().kind() == Kind.QUOTE) {
            return new StringParser(lexer, parser, bindings()).parse(Format.TEXT);
        }
        lexer.expect("(", "or the name of a member");
        Filter name = parser.pipe(bindings(), true);
        lexer.expect(")", "after the expression for a name");
        return name;
    }

    /** The same name in another alternative, or again in the same one, is the same variable. */
    private Slot bind() throws JqSyntaxException {
        return slots.computeIfAbsent(lexer.next().text(), Slot::new);
    }
}
