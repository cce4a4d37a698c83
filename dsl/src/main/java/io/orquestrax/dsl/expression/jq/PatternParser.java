package io.orquestrax.dsl.expression.jq;

import io.orquestrax.dsl.expression.jq.JqToken.Kind;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;
import net.thisptr.jackson.jq.internal.tree.matcher.PatternMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ArrayMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ObjectMatcher;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;
import org.jspecify.annotations.Nullable;

/** Parses what follows {@code as}: a variable, or a pattern of some. */
final class PatternParser {
    private final JqLexer lexer;
    private final JqParser parser;
    private final Bindings bindings;
    private final List<String> names = new ArrayList<>();

    PatternParser(JqLexer lexer, JqParser parser, Bindings bindings) {
        this.lexer = lexer;
        this.parser = parser;
        this.bindings = bindings;
    }

    /** The variables that the pattern binds. */
    List<String> names() {
        return names;
    }

    PatternMatcher parse() throws JqSyntaxException {
        return pattern(0);
    }

    private PatternMatcher pattern(int depth) throws JqSyntaxException {
        if (depth > 20) {
            throw lexer.unexpected("at most 20 levels of a pattern");
        }
        if (lexer.peek().kind() == Kind.VARIABLE) {
            return new ValueMatcher(bind());
        }
        if (lexer.accept("[")) {
            List<PatternMatcher> items = new ArrayList<>();
            do {
                items.add(pattern(depth + 1));
            } while (lexer.accept(","));
            lexer.expect("]", "at the end of the pattern");
            return new ArrayMatcher(items);
        }
        if (lexer.accept("{")) {
            List<ObjectMatcher.FieldMatcher> members = new ArrayList<>();
            do {
                members.add(member(depth));
            } while (lexer.accept(","));
            lexer.expect("}", "at the end of the pattern");
            return new ObjectMatcher(members);
        }
        throw lexer.unexpected("a variable, \"[\" or \"{\"");
    }

    private ObjectMatcher.FieldMatcher member(int depth) throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.VARIABLE) {
            String name = bind();
            @Nullable PatternMatcher inner = lexer.accept(":") ? pattern(depth + 1) : null;
            return new ObjectMatcher.FieldMatcher(true, new StringLiteral(name), inner);
        }
        Expression key = key();
        lexer.expect(":", "after the name of the member");
        return new ObjectMatcher.FieldMatcher(false, key, pattern(depth + 1));
    }

    private Expression key() throws JqSyntaxException {
        if (lexer.peek().kind() == Kind.NAME) {
            return new Constant(Json.NODES.textNode(lexer.next().text()));
        }
        if (lexer.peek().kind() == Kind.QUOTE) {
            return new StringParser(lexer, parser, bindings).parse(null);
        }
        lexer.expect("(", "or the name of a member");
        Expression key = parser.pipe(bindings, true);
        lexer.expect(")", "after the expression for a name");
        return key;
    }

    private String bind() throws JqSyntaxException {
        String name = lexer.next().text();
        names.add(name);
        return name;
    }
}
