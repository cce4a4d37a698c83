package io.orquestrax.server.connector.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.ReportingWork;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.http.Endpoint;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.secret.CallSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * {@code run: script} (DSL reference, Run, Script Process), with the interpreters of this machine.
 *
 * <p>A list of arguments is the script's own; those of an object are variables that it finds defined.
 */
public final class ScriptConnector implements ReportingWork {
    public static final String TYPE = "script";

    private static final int SOURCE_MAX_BYTES = 1 << 20;
    /** In the directory of the run, beside which the script's own files lie. */
    private static final String FOLDER = ".orquestrax";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Machine machine;
    private final Resources resources;
    private final Map<ScriptLanguage, Interpreter> known = new ConcurrentHashMap<>();

    /**
     * @param resources fetches scripts that stand elsewhere
     */
    public ScriptConnector(Machine machine, Resources resources) {
        this.machine = machine;
        this.resources = resources;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void begin() {
        machine.begin();
    }

    @Override
    public JsonNode perform(JsonNode with, CallSecrets secrets, String idempotencyKey, Consumer<JsonNode> progress)
            throws ConnectorFailure, InterruptedException {
        String word = ProcessArguments.text(with.path("language"), "a language");
        ScriptLanguage language = ScriptLanguage.of(word)
                .orElseThrow(() ->
                        ProcessArguments.invalid("Expected the language js or python, but found \"" + word + "\"."));
        Interpreter interpreter = interpreter(language);
        String code = code(with, secrets);
        JsonNode arguments = with.path("arguments");
        Map<String, String> environment = ProcessArguments.environment(with.path("environment"), idempotencyKey);
        List<String> words = arguments.isObject() ? List.of() : ProcessArguments.words(arguments);
        Outcome outcome = ProcessJob.in(machine.limits(), directory -> {
            Path folder = prepared(directory, language, code, arguments);
            Command command = new Command(
                    language.words(interpreter, folder, arguments.isObject(), words),
                    environment,
                    ProcessArguments.input(with.path("stdin")));
            return new Runner(machine, secrets.redaction(), progress).run(command, directory);
        });
        return outcome.output(with.path("return").asText("stdout"), "script", secrets.redaction());
    }

    @Override
    public void close() {
        machine.close();
    }

    private Interpreter interpreter(ScriptLanguage language) throws ConnectorFailure {
        Interpreter seen = known.get(language);
        if (seen != null) {
            return seen;
        }
        Optional<Interpreter> found = language.interpreter(machine.tools());
        found.ifPresent(each -> known.put(language, each));
        return found.orElseThrow(() -> ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "Language not supported here",
                "Expected " + language.expected() + " on the machine that executes the job, for a script in "
                        + language.title() + ", but there is none."));
    }

    private String code(JsonNode with, CallSecrets secrets) throws ConnectorFailure, InterruptedException {
        if (with.has("code")) {
            return ProcessArguments.text(with.path("code"), "a script");
        }
        Endpoint endpoint = Endpoint.read(with.path("source").path("endpoint"), "the endpoint of source");
        Authorization authorization = resources.authentications().of(endpoint.authentication(), secrets);
        return resources.read(endpoint.uri(), authorization, secrets, SOURCE_MAX_BYTES);
    }

    private static Path prepared(Path directory, ScriptLanguage language, String code, JsonNode arguments)
            throws IOException, ConnectorFailure {
        Path folder = Files.createDirectory(directory.resolve(FOLDER));
        Files.writeString(language.scriptFile(folder), code);
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            if (!NAME.matcher(argument.getKey()).matches()) {
                throw ProcessArguments.invalid("Expected names of arguments of letters, digits and _, but found \""
                        + argument.getKey() + "\".");
            }
        }
        Files.writeString(
                folder.resolve(ScriptLanguage.NAMES_FILE), arguments.isObject() ? Json.write(arguments) : "{}");
        return folder;
    }
}
