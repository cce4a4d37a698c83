package io.orquestrax.bench.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node that serves. */
public final class NodeProcess {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern HEAP_USED = Pattern.compile("heap .* used (\\d+)K");
    private static final double BYTES_PER_KIBIBYTE = 1024;
    private static final String RESIDENT = "VmRSS:";

    private final String address;
    private final Duration startTook;
    private final ChildProcess process;

    NodeProcess(String address, Duration startTook, ChildProcess process) {
        this.address = address;
        this.startTook = startTook;
        this.process = process;
    }

    public String address() {
        return address;
    }

    /** From the start of its process until it was ready. */
    public Duration startTook() {
        return startTook;
    }

    ChildProcess process() {
        return process;
    }

    public long pid() {
        return process.pid();
    }

    /** A meter of the node, by its name at /metrics; the sum over its labels. */
    public double meter(String name) {
        String metrics = get("/metrics");
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The body of an answer that must be good. */
    public String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "Expected " + path + " to be answered, but got " + response.statusCode() + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Time of the processors that it has used since its start. */
    public Duration cpu() {
        return ProcessHandle.of(pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** What its heap holds after a collection. */
    public double liveHeapBytes() {
        String _ = tool("GC.run");
        String heap = tool("GC.heap_info");
        Matcher used = HEAP_USED.matcher(heap);
        if (!used.find()) {
            throw new IllegalStateException("Expected the use of the heap, but got " + heap);
        }
        return Long.parseLong(used.group(1)) * BYTES_PER_KIBIBYTE;
    }

    private String tool(String command) {
        try {
            Process tool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new IllegalStateException("Expected jcmd " + command + " to work, but it said " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Memory that it has of the machine, in KiB; 0 where the operating system does not say (it is not Linux). */
    public long residentKibibytes() {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line ->
                            line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
