package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs small programs of the operating system to their end. */
final class Shell {
    private Shell() {}

    /** What it printed, errors included, and how it ended; exit code 127 where the program is missing. */
    record Outcome(int exitCode, String output) {
        boolean isGood() {
            return exitCode == 0;
        }
    }

    static Outcome run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Expected " + command.getFirst() + " to end, but was interrupted", e);
        }
    }

    static boolean works(String... command) {
        return run(List.of(command)).isGood();
    }
}
