package io.orquestrax.dsl.expression.jq;

/** Compiles jq programs; safe for use by many threads. */
public final class JqCompiler {
    /** Longest program, in UTF-16 units. */
    static final int MAX_LENGTH = 100_000;

    private final Builtins builtins = new Builtins();

    /**
     * @throws JqSyntaxException if it is no jq program, or calls a function that is not there
     */
    public JqProgram compile(String source) throws JqSyntaxException {
        if (source.length() > MAX_LENGTH) {
            throw new JqSyntaxException(
                    "Expected at most " + MAX_LENGTH + " characters, but found " + source.length(), 0);
        }
        JqParser parser = new JqParser(source, builtins);
        try {
            Filter program = parser.program();
            return new JqProgram(source, program, parser.freeVariables());
        } catch (StackOverflowError tooDeep) {
            throw new JqSyntaxException("Expected a jq expression, but this one is nested too deep", 0);
        }
    }

    Builtins builtins() {
        return builtins;
    }
}
