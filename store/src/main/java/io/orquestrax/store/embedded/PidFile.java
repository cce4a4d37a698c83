package io.orquestrax.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server writes into {@code postmaster.pid}.
 *
 * @param port 0 while the server has not written it yet
 * @param status {@code starting}, {@code ready} or {@code stopping}; empty while it has not written it yet
 */
record PidFile(long pid, int port, String status) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Optional<PidFile> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            long pid = Math.abs(Long.parseLong(line(lines, 0)));
            String port = line(lines, PORT_LINE);
            return Optional.of(new PidFile(pid, port.isEmpty() ? 0 : Integer.parseInt(port), line(lines, STATUS_LINE)));
        } catch (NumberFormatException e) {
            // It is written in place: a reader may come between.
            return Optional.empty();
        }
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    boolean isReady() {
        return status.equals("ready");
    }
}
