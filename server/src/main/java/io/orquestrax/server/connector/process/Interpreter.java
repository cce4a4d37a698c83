package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that runs scripts of a language.
 *
 * @param program the file itself, not what stands for it on the path
 */
record Interpreter(String program, int major, int minor) {
    private static final long PROBE_SECONDS = 20;

    /**
     * Asks a program where it is and what version it has.
     *
     * @param question makes it print two lines: its file, and its version
     */
    static Optional<Interpreter> ask(Tools tools, String program, List<String> question) {
        return tools.find(program).flatMap(file -> answer(file, question));
    }

    private static Optional<Interpreter> answer(String file, List<String> question) {
        try {
            // With the worker's environment: what stands for a program may need it to find the program.
            Process process = new ProcessBuilder(file)
                    .command(question.isEmpty() ? List.of(file) : joined(file, question))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return parse(text.lines().toList());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException noProgram) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<String> joined(String file, List<String> question) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(file), question.stream())
                .toList();
    }

    private static Optional<Interpreter> parse(List<String> lines) {
        if (lines.size() < 2 || !lines.get(1).matches("\\d{1,4}\\.\\d{1,4}.*")) {
            return Optional.empty();
        }
        String[] version = lines.get(1).split("\\.", 3);
        return Optional.of(
                new Interpreter(lines.getFirst(), Integer.parseInt(version[0]), Integer.parseInt(version[1])));
    }
}
