package io.orquestrax.sdk;

import io.orquestrax.protocol.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call that the server refused, or that did not reach it. */
public final class OrquestraxException extends RuntimeException {
    private final String code;
    private final String detail;
    private final transient List<Violation> violations;

    public OrquestraxException(String code, String detail, List<Violation> violations, @Nullable Throwable cause) {
        super(message(code, detail, violations), cause);
        this.code = code;
        this.detail = detail;
        this.violations = List.copyOf(violations);
    }

    /** The stable code: one of {@link ErrorCode}'s texts, or a newer one. */
    public String code() {
        return code;
    }

    /** Whether this is the code. */
    public boolean is(ErrorCode expected) {
        return expected.text().equals(code);
    }

    /** One or more sentences for a person. */
    public String detail() {
        return detail;
    }

    /** The mistakes of the document or input that was sent; empty where it is about something else. */
    public List<Violation> violations() {
        return violations;
    }

    private static String message(String code, String detail, List<Violation> violations) {
        String places = violations.stream().map(violation -> "\n  " + violation).collect(Collectors.joining());
        return detail + " (" + code + ")" + places;
    }
}
