package io.orquestrax.bench.environment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a node differs from the default.
 *
 * @param jvmOptions after those of every JVM, so that they win
 * @param settings by name
 */
public record NodeOptions(List<String> jvmOptions, Map<String, String> settings) {
    public static final NodeOptions DEFAULT = new NodeOptions(List.of(), Map.of());

    public NodeOptions {
        jvmOptions = List.copyOf(jvmOptions);
        settings = Map.copyOf(settings);
    }

    public NodeOptions with(String jvmOption) {
        return new NodeOptions(
                java.util.stream.Stream.concat(jvmOptions.stream(), java.util.stream.Stream.of(jvmOption))
                        .toList(),
                settings);
    }

    public NodeOptions with(String setting, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(setting, value);
        return new NodeOptions(jvmOptions, more);
    }
}
