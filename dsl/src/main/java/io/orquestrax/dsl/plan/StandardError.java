package io.orquestrax.dsl.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The error types of the specification (DSL reference, Error, Standard Error Types). */
public enum StandardError {
    CONFIGURATION(400),
    VALIDATION(400),
    EXPRESSION(400),
    AUTHENTICATION(401),
    AUTHORIZATION(403),
    TIMEOUT(408),
    COMMUNICATION(500),
    RUNTIME(500);

    private static final String BASE = "https://open-workflow-specification.org/spec/1.0.0/errors/";
    private static final Pattern STANDARD =
            Pattern.compile("https?://(?:www\\.)?(?:serverlessworkflow\\.io|open-workflow-specification\\.org)"
                    + "/(?:spec/\\d+\\.\\d+\\.\\d+/errors|dsl/errors/types)/([a-z]+)/?");

    private final int status;

    StandardError(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The URI that OrquestraX emits. */
    public String type() {
        return BASE + name().toLowerCase(Locale.ROOT);
    }

    /** The same text for every spelling of a standard type; any other type as it is. */
    public static String canonicalType(String type) {
        Matcher matcher = STANDARD.matcher(type);
        return matcher.matches() ? "std:" + matcher.group(1) : type;
    }
}
