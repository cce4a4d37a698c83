package io.orquestrax.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LevellingTest {
    @Test
    void cannotTellFromFewWindows() {
        assertThat(of(100, 100, 100, 100, 100).isLevel()).isFalse();
        assertThat(of(100, 100, 100, 100, 100, 100).isLevel()).isTrue();
    }

    @Test
    void goesOnWhileTheRateRises() {
        assertThat(of(100, 150, 200, 250, 300, 350).isLevel()).isFalse();
        assertThat(of(300, 350, 380, 390, 395, 400).isLevel()).isFalse();
    }

    @Test
    void isLevelWhereTheLastThreeAreWithinATenthOfThoseBefore() {
        assertThat(of(90, 100, 110, 105, 110, 120).isLevel()).isTrue();
        assertThat(of(90, 100, 110, 105, 111, 120).isLevel()).isFalse();
    }

    @Test
    void onlyLooksAtTheLastSix() {
        assertThat(of(10, 20, 40, 200, 205, 210, 202, 207, 209).isLevel()).isTrue();
    }

    @Test
    void isNotMisledByOneDisturbedWindow() {
        assertThat(of(200, 205, 210, 207, 20, 209).isLevel()).isTrue();
        assertThat(of(200, 900, 210, 207, 206, 209).isLevel()).isTrue();
    }

    @Test
    void goesOnWhileTheRateFalls() {
        assertThat(of(400, 400, 400, 300, 300, 300).isLevel()).isFalse();
    }

    private static Levelling of(double... rates) {
        Levelling levelling = new Levelling();
        DoubleStream.of(rates).forEach(levelling::add);
        return levelling;
    }
}
