package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The languages that scripts are written in, and how a script of each is run. */
enum ScriptLanguage {
    JS("js", "JavaScript", "node", 20, 0, "Node.js 20 or newer (program node)") {
        @Override
        List<String> question() {
            return List.of("-p", "process.execPath + '\\n' + process.versions.node");
        }

        @Override
        List<String> words(Interpreter interpreter, Path folder, boolean hasNames) throws IOException {
            Path prelude = copied(folder, "prelude.mjs");
            return List.of(
                    interpreter.program(),
                    "--import",
                    prelude.toUri().toString(),
                    scriptFile(folder).toString());
        }

        @Override
        Path scriptFile(Path folder) {
            return folder.resolve("script.mjs");
        }
    },
    PYTHON("python", "Python", "python3", 3, 9, "Python 3.9 or newer (program python3)") {
        @Override
        List<String> question() {
            return List.of("-I", "-c", "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])");
        }

        @Override
        List<String> words(Interpreter interpreter, Path folder, boolean hasNames) throws IOException {
            Path main = hasNames ? copied(folder, "prelude.py") : scriptFile(folder);
            // Isolated: neither variables nor folders of whoever started it change what is run.
            return List.of(interpreter.program(), "-I", "-B", "-X", "utf8", main.toString());
        }

        @Override
        Path scriptFile(Path folder) {
            return folder.resolve("script.py");
        }
    };

    /** The author's named arguments. */
    static final String NAMES_FILE = "arguments.json";

    private final String word;
    private final String title;
    private final String program;
    private final int major;
    private final int minor;
    private final String expected;

    ScriptLanguage(String word, String title, String program, int major, int minor, String expected) {
        this.word = word;
        this.title = title;
        this.program = program;
        this.major = major;
        this.minor = minor;
        this.expected = expected;
    }

    static Optional<ScriptLanguage> of(String word) {
        for (ScriptLanguage language : values()) {
            if (language.word.equals(word)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    String title() {
        return title;
    }

    /** What it takes, for a message. */
    String expected() {
        return expected;
    }

    Optional<Interpreter> interpreter(Tools tools) {
        return Interpreter.ask(tools, program, question())
                .filter(found -> found.major() > major || found.major() == major && found.minor() >= minor);
    }

    abstract List<String> question();

    /**
     * @param folder with the script in its file
     * @param hasNames whether there are named arguments
     */
    abstract List<String> words(Interpreter interpreter, Path folder, boolean hasNames) throws IOException;

    abstract Path scriptFile(Path folder);

    List<String> words(Interpreter interpreter, Path folder, boolean hasNames, List<String> arguments)
            throws IOException {
        List<String> words = new ArrayList<>(words(interpreter, folder, hasNames));
        words.addAll(arguments);
        return words;
    }

    private static Path copied(Path folder, String resource) throws IOException {
        Path file = folder.resolve(resource);
        try (InputStream stream = Objects.requireNonNull(ScriptLanguage.class.getResourceAsStream(resource))) {
            Files.copy(stream, file);
        }
        return file;
    }
}
