package io.orquestrax.dsl.expression.jq;

import java.util.List;

/** A program that is no jq, or calls a function that is not there. */
public final class JqSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final int offset;
    private final String unknownFunction;
    private final transient List<String> functions;

    JqSyntaxException(String message, int offset) {
        this(message, offset, "", List.of());
    }

    private JqSyntaxException(String message, int offset, String unknownFunction, List<String> functions) {
        super(message, null, false, false);
        this.text = message;
        this.offset = offset;
        this.unknownFunction = unknownFunction;
        this.functions = functions;
    }

    static JqSyntaxException unknownFunction(String message, int offset, String name, List<String> functions) {
        return new JqSyntaxException(message, offset, name, functions);
    }

    @Override
    public String getMessage() {
        return text;
    }

    /** Of the mistake in the program, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }

    /** The name of the function that is not there; blank for any other mistake. */
    public String unknownFunction() {
        return unknownFunction;
    }

    /** Those that are there. */
    public List<String> functions() {
        return functions;
    }
}
