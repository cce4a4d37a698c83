package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.Problem;
import io.orquestrax.protocol.ErrorCode;
import java.util.List;

/** What a caller caused: becomes problem details at every door. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Problem> violations;

    public ServiceException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    /**
     * @param violations the mistakes of a document, with their places
     */
    public ServiceException(ErrorCode code, String detail, List<Problem> violations) {
        super(detail, null, false, false);
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Problem> violations() {
        return violations;
    }
}
