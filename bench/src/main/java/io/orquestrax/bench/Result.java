package io.orquestrax.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Locale;

/**
 * A figure as it was measured.
 *
 * @param runs each run's value, in order; at least one
 */
record Result(Figure figure, List<Double> runs) {
    private static final int DIGITS = 4;

    Result {
        runs = List.copyOf(runs);
    }

    /** The median of the runs. */
    double value() {
        List<Double> sorted = runs.stream().sorted().toList();
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
        return json;
    }

    String text(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }

    /** More digits than a measurement has would only look exact. */
    private static double rounded(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(DIGITS))
                .doubleValue();
    }
}
