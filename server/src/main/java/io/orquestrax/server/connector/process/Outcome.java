package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.Redaction;
import java.util.regex.Pattern;

/** What a process left, and what of it is the task's output (DSL reference, Run, process result). */
public record Outcome(int code, String stdout, String stderr) {
    private static final int EXCERPT_LENGTH = 2000;
    private static final int HEADLINE_LENGTH = 500;
    /** The last such line says why: below it interpreters say where, indented, and Node.js its own version. */
    private static final Pattern HEADLINE = Pattern.compile("^(?!Node\\.js v\\d|\\s).*\\w");

    /**
     * @param returned the author's choice
     * @param what ran, for messages
     * @throws ConnectorFailure runtime, where it failed and the author did not ask for the code
     */
    public JsonNode output(String returned, String what, Redaction secrets) throws ConnectorFailure {
        boolean isAsked = returned.equals("code") || returned.equals("all");
        if (code != 0 && !isAsked) {
            throw failed(what, secrets);
        }
        return switch (returned) {
            case "stdout" -> Json.NODES.textNode(stdout);
            case "stderr" -> Json.NODES.textNode(stderr);
            case "code" -> Json.NODES.numberNode(code);
            case "all" ->
                Json.NODES.objectNode().put("code", code).put("stdout", stdout).put("stderr", stderr);
            case "none" -> Json.NODES.nullNode();
            default ->
                throw ConnectorFailure.of(
                        StandardError.CONFIGURATION,
                        "Invalid call",
                        "Expected return to be stdout, stderr, code, all or none, but it is " + returned + ".");
        };
    }

    private ConnectorFailure failed(String what, Redaction secrets) {
        // Masked before it is cut: the end of a secret would not be known for one.
        String told = secrets.mask(stderr).strip();
        return ConnectorFailure.of(
                StandardError.RUNTIME,
                "Exit code " + code,
                "Expected the " + what + " to end with code 0, but it ended with " + code
                        + (told.isEmpty() ? "." : ": " + reason(told)));
    }

    /** One line first, since many see no more; all there is below it, as far as there is more than that. */
    private static String reason(String told) {
        String excerpt = told.length() <= EXCERPT_LENGTH ? told : "…" + told.substring(told.length() - EXCERPT_LENGTH);
        String headline = told.lines()
                .filter(line -> HEADLINE.matcher(line).find())
                .reduce((earlier, later) -> later)
                .orElse("");
        return headline.isEmpty() || headline.equals(told) || headline.length() > HEADLINE_LENGTH
                ? excerpt
                : headline.strip() + "\n" + excerpt;
    }
}
