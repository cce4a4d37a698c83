package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobFailure;

/** What can be wrong with what the pipeline is given; trying again does not help. */
enum PipelineError {
    FILE_NOT_FOUND("file-not-found", 404, "File not found", "Expected a file"),
    MALFORMED_FILE("malformed-file", 422, "Malformed CSV", "Expected CSV in UTF-8"),
    NOTHING_TO_CLUSTER("nothing-to-cluster", 422, "Nothing to cluster", "Expected rows with numbers"),
    FILE_TOO_LARGE("file-too-large", 413, "File too large", "Expected a file within the limits"),
    WRONG_INPUT("wrong-input", 400, "Wrong input", "Expected an input that fits the file");

    private static final String BASE = "urn:orquestrax:examples:data-pipeline:";

    private final String name;
    private final int status;
    private final String title;
    private final String expectation;

    PipelineError(String name, int status, String title, String expectation) {
        this.name = name;
        this.status = status;
        this.title = title;
        this.expectation = expectation;
    }

    String type() {
        return BASE + name;
    }

    JobFailure in(String file, String butWhat) {
        return JobFailure.of(type(), status)
                .title(title)
                .detail(expectation + " at " + file + ", but " + butWhat)
                .with("file", file)
                .notRetryable();
    }

    /**
     * @param line from 1
     */
    JobFailure in(String file, long line, String butWhat) {
        return JobFailure.of(type(), status)
                .title(title)
                .detail(expectation + " at " + file + ":" + line + ", but " + butWhat)
                .with("file", file)
                .with("line", line)
                .notRetryable();
    }
}
