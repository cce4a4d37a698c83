package io.orquestrax.dsl.source;

import io.orquestrax.dsl.ProblemCode;

/** Ends the reading of a text of which nothing more can be made. */
final class UnreadableSource extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourceProblem problem;

    UnreadableSource(ProblemCode code, String message, Location location) {
        super(message, null, false, false);
        this.problem = new SourceProblem(code, message, "", location);
    }

    SourceProblem problem() {
        return problem;
    }
}
