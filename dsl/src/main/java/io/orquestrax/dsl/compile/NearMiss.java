package io.orquestrax.dsl.compile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known names an author meant. */
final class NearMiss {
    private static final int MAX_LENGTH = 64;

    private NearMiss() {}

    /** A sentence to add to a message; empty where no name is near. */
    static String hint(String found, Collection<String> known) {
        return of(found, known).map(each -> "; did you mean \"" + each + "\"?").orElse("");
    }

    /** Empty where no name is near. */
    static Optional<String> of(String found, Collection<String> known) {
        if (found.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String wanted = found.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> each.length() <= MAX_LENGTH)
                .filter(each -> !each.equals(found))
                .filter(each -> distance(wanted, each.toLowerCase(Locale.ROOT)) <= tolerance(each))
                .min(Comparator.comparingInt(each -> distance(wanted, each.toLowerCase(Locale.ROOT))));
    }

    private static int tolerance(String name) {
        if (name.length() <= 2) {
            return name.length() - 1;
        }
        return name.length() <= 5 ? 1 : Math.min(name.length() / 3, 3);
    }

    /** Insertions, deletions, replacements, and swaps of neighbours (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                cost[row][column] = row == 0 || column == 0 ? row + column : cheapest(cost, left, right, row, column);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int row, int column) {
        int same = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int best =
                Math.min(cost[row - 1][column - 1] + same, Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(best, cost[row - 2][column - 2] + 1) : best;
    }
}
