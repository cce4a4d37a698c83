package io.orquestrax.sdk.worker;

import java.util.Locale;

/** The error types of the specification (DSL reference, Error, Standard Error Types). */
public enum ErrorType {
    CONFIGURATION(400),
    VALIDATION(400),
    EXPRESSION(400),
    AUTHENTICATION(401),
    AUTHORIZATION(403),
    TIMEOUT(408),
    COMMUNICATION(500),
    RUNTIME(500);

    private static final String BASE = "https://open-workflow-specification.org/spec/1.0.0/errors/";

    private final int status;

    ErrorType(int status) {
        this.status = status;
    }

    public String uri() {
        return BASE + name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }
}
