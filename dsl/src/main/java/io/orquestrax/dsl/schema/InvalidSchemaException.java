package io.orquestrax.dsl.schema;

/** A schema in a document that is no JSON Schema. */
public final class InvalidSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    InvalidSchemaException(String message) {
        super(message, null, false, false);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
