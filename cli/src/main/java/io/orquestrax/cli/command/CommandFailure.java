package io.orquestrax.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code, a sentence, and lines below it. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final @Nullable String code;
    private final transient List<String> below;
    private final transient @Nullable ObjectNode document;

    private CommandFailure(
            int exitCode,
            @Nullable String code,
            String message,
            List<String> below,
            @Nullable ObjectNode document,
            @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
        this.below = List.copyOf(below);
        this.document = document;
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, null, message, List.of(), null, null);
    }

    public static CommandFailure unreachable(String message, List<String> hints, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.UNREACHABLE, null, message, hints, null, cause);
    }

    /**
     * @param document the server's problem details
     */
    public static CommandFailure refused(
            int exitCode, String code, String detail, List<String> below, ObjectNode document) {
        return new CommandFailure(exitCode, code, detail, below, document, null);
    }

    public int exitCode() {
        return exitCode;
    }

    public String sentence() {
        return code == null ? String.valueOf(getMessage()) : code + ": " + getMessage();
    }

    public List<String> below() {
        return below;
    }

    /** As problem details, for {@code --output json}. */
    public ObjectNode asProblem() {
        if (document != null) {
            return document;
        }
        ObjectNode problem = Json.NODES.objectNode();
        problem.put("title", "The command failed");
        problem.put("detail", String.valueOf(getMessage()));
        problem.put("exitCode", exitCode);
        return problem;
    }
}
