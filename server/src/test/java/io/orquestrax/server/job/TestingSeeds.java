package io.orquestrax.server.job;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Of tests at random: a few that are always tried, and some others. {@code -Dorquestrax.runs=N} has N others, and {@code
 * -Dorquestrax.seed=N} only that one.
 */
final class TestingSeeds {
    private TestingSeeds() {}

    static List<Long> all() {
        Long only = Long.getLong("orquestrax.seed");
        return only != null
                ? List.of(only)
                : LongStream.concat(
                                LongStream.of(1, 2, 3), new Random().longs(Integer.getInteger("orquestrax.runs", 5)))
                        .boxed()
                        .toList();
    }
}
