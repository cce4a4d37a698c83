package io.orquestrax.dsl.expression;

/** How the DSL marks an expression: <code>${ }</code> around the whole text (schema, runtimeExpression). */
public final class ExpressionSyntax {
    private static final String OPENING = "${";
    private static final String CLOSING = "}";

    private ExpressionSyntax() {}

    /**
     * @param offset of the program in the text that it was taken from
     */
    public record Program(String source, int offset) {}

    public static boolean isWrapped(String text) {
        String stripped = text.strip();
        return stripped.startsWith(OPENING)
                && stripped.endsWith(CLOSING)
                && stripped.length() > OPENING.length() + CLOSING.length();
    }

    /** The jq program of a text, bare or wrapped. */
    public static Program unwrap(String text) {
        if (!isWrapped(text)) {
            return new Program(text, 0);
        }
        int start = text.indexOf(OPENING) + OPENING.length();
        return new Program(text.substring(start, text.lastIndexOf(CLOSING)), start);
    }
}
