package io.orquestrax.dsl.expression;

/** An expression that failed while it was evaluated: the author's or the data's doing, never a bug. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    public ExpressionException(String message) {
        super(message, null, false, false);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
