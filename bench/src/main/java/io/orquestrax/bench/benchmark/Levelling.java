package io.orquestrax.bench.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Tells from one window after the other when a rate has stopped to rise. */
final class Levelling {
    /** Windows whose median is compared with that of as many before them: one that was disturbed does not count. */
    static final int COMPARED = 3;

    private static final double TOLERANCE = 0.1;

    private final List<Double> rates = new ArrayList<>();

    void add(double rate) {
        rates.add(rate);
    }

    /** False while there are too few windows to tell. */
    boolean isLevel() {
        if (rates.size() < 2 * COMPARED) {
            return false;
        }
        double before = medianUntil(rates.size() - COMPARED);
        double now = medianUntil(rates.size());
        return Math.abs(now - before) <= TOLERANCE * before;
    }

    private double medianUntil(int end) {
        return rates.subList(end - COMPARED, end).stream().sorted().toList().get(COMPARED / 2);
    }
}
