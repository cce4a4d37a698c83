package io.orquestrax.dsl.expression.jq;

/** The gamma function, by Lanczos' approximation. */
final class Gamma {
    private static final double G = 7;
    private static final double[] COEFFICIENTS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private Gamma() {}

    static double value(double argument) {
        if (argument == Math.rint(argument)) {
            if (argument <= 0) {
                return argument == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            return factorial(argument - 1);
        }
        if (argument < 0.5) {
            return Math.PI / (Math.sin(Math.PI * argument) * value(1 - argument));
        }
        return Math.exp(logarithm(argument));
    }

    private static double factorial(double number) {
        double product = 1;
        for (int factor = 2; factor <= number && Double.isFinite(product); factor++) {
            product *= factor;
        }
        return Double.isNaN(number) ? Double.NaN : product;
    }

    /** Of the absolute value of the function. */
    static double logarithm(double argument) {
        if (Double.isInfinite(argument) || argument <= 0 && argument == Math.rint(argument)) {
            return Double.POSITIVE_INFINITY;
        }
        if (argument == 1 || argument == 2) {
            return 0;
        }
        if (argument < 0.5) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * argument))) - logarithm(1 - argument);
        }
        double shifted = argument - 1;
        double sum = COEFFICIENTS[0];
        for (int index = 1; index < COEFFICIENTS.length; index++) {
            sum += COEFFICIENTS[index] / (shifted + index);
        }
        double base = shifted + G + 0.5;
        return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
    }
}
