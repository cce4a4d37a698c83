package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that does nothing, run to learn whether this machine allows what stands before it. */
record Probe(List<String> words) {
    private static final long LIMIT_SECONDS = 10;

    @SafeVarargs
    static Probe of(List<String>... before) {
        return new Probe(Stream.concat(Stream.of(before).flatMap(List::stream), Stream.of("/bin/true"))
                .toList());
    }

    boolean succeeds() {
        @Nullable Process process = null;
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException impossible) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
