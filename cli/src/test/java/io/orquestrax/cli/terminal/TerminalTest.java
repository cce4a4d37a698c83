package io.orquestrax.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void tableAlignsWhatIsSeenAndNotTheColours() {
        Table table = new Table("STATE", "ID");
        table.add(new Style(true).red("✗ faulted"), "1");
        table.add("ok", "2");

        List<String> lines = table.lines(new Style(false));

        assertThat(lines.get(0)).isEqualTo("STATE      ID");
        assertThat(lines.get(1)).endsWith("  1");
        assertThat(lines.get(2)).isEqualTo("ok         2");
    }

    @ParameterizedTest
    @CsvSource({"PT0.3S,now", "PT12S,12 s ago", "PT3M5S,3 min ago", "PT26H,26 h ago", "P3D,3 d ago", "PT-90S,in 1 min"})
    void timesAreRelative(Duration distance, String text) {
        assertThat(Times.relative(NOW.minus(distance), NOW)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.04S,0.0 s",
        "PT0.349S,0.3 s",
        "PT9.99S,10.0 s",
        "PT59S,59 s",
        "PT3M5S,3 min 5 s",
        "PT2H10M,2 h 10 min"
    })
    void lengthsCarryTheirUnits(Duration length, String text) {
        assertThat(Times.length(length)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "running", "waiting", "suspended", "cancelled", "faulted", "completed"})
    void everyStateHasAMarkSinceColourIsNeverAlone(String state) {
        Stream<String> others = Stream.of(
                        "pending", "running", "waiting", "suspended", "cancelled", "faulted", "completed")
                .filter(other -> !other.equals(state));

        assertThat(others.map(Style::mark)).doesNotContain(Style.mark(state));
    }

    @Test
    void noColourMeansNoSequence() {
        assertThat(new Style(false).state("faulted")).isEqualTo("✗ faulted");
    }

    @Test
    void liveAreaIsDrawnOverAndNeverWraps() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LiveArea area = new LiveArea(new PrintStream(written, true, StandardCharsets.UTF_8), 10);

        area.draw(List.of("one", "two"));
        area.draw(List.of("a line that is too long"));

        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\u001b[2A").contains("a line t").doesNotContain("too long");
    }
}
