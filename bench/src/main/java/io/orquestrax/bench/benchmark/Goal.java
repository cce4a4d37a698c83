package io.orquestrax.bench.benchmark;

import java.math.BigDecimal;

/** What a figure shall reach. */
public sealed interface Goal {
    double value();

    String text();

    boolean isReached(double measured);

    record AtLeast(double value) implements Goal {
        @Override
        public String text() {
            return "≥ " + plain(value);
        }

        @Override
        public boolean isReached(double measured) {
            return measured >= value;
        }
    }

    record AtMost(double value) implements Goal {
        @Override
        public String text() {
            return "≤ " + plain(value);
        }

        @Override
        public boolean isReached(double measured) {
            return measured <= value;
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
