package io.orquestrax.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.benchmark.WarmUp;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A figure as it was measured.
 *
 * @param runs each run's value, in order; at least one
 * @param parts of the value, by name, each the median of its runs
 * @param warmUp what was run before and is not counted
 */
record Result(Figure figure, List<Double> runs, SortedMap<String, Double> parts, WarmUp.Report warmUp) {
    private static final int DIGITS = 4;
    private static final double MILLIS_PER_SECOND = 1e3;

    Result {
        runs = List.copyOf(runs);
        parts = new TreeMap<>(parts);
    }

    /** @param values of all runs, by the names of figures and their parts */
    static Result of(Figure figure, Map<String, List<Double>> values, WarmUp.Report warmUp) {
        SortedMap<String, Double> parts = new TreeMap<>();
        values.forEach((name, ofPart) -> figure.partOf(name).ifPresent(part -> parts.put(part, median(ofPart))));
        return new Result(figure, values.getOrDefault(figure.name(), List.of()), parts, warmUp);
    }

    /** The median of the runs. */
    double value() {
        return median(runs);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    ObjectNode json() {
        ObjectNode json = Json.NODES.objectNode();
        json.put("name", figure.name());
        json.put("value", rounded(value()));
        json.put("unit", figure.unit());
        json.put("goal", figure.goal().text());
        ArrayNode array = json.putArray("runs");
        runs.forEach(run -> array.add(rounded(run)));
        if (!parts.isEmpty()) {
            ObjectNode object = json.putObject("parts");
            parts.forEach((part, value) -> object.put(part, rounded(value)));
        }
        json.putObject("warmUp").put("seconds", rounded(warmUpSeconds())).put("level", warmUp.isLevel());
        return json;
    }

    private double warmUpSeconds() {
        return warmUp.took().toMillis() / MILLIS_PER_SECOND;
    }

    String runsText() {
        return String.join("  ", runs.stream().map(this::text).toList());
    }

    /** How long the warm-up took, and whether that was enough. */
    String warmUpText() {
        return warmUp.took().toSeconds() + " s" + (warmUp.isLevel() ? "" : ", not level");
    }

    /** Empty where there are none. */
    String partsText() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " " + text(part.getValue()))
                .collect(Collectors.joining(", "));
    }

    String text(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 1 || value == 0 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    /** More digits than a measurement has would only look exact. */
    private static double rounded(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(DIGITS))
                .doubleValue();
    }
}
