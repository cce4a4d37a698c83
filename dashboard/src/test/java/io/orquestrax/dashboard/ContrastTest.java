package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures the colours of the style sheet (WCAG 2.2, relative luminance) in both themes. */
class ContrastTest {
    private static final Path TOKENS = Path.of("src/main/resources/io/orquestrax/dashboard/web/tokens.css");
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\)");
    private static final List<String> SURFACES = List.of("surface-0", "surface-1", "surface-2");
    private static final List<String> TEXTS = List.of(
            "text",
            "text-secondary",
            "accent",
            "pending",
            "running",
            "waiting",
            "suspended",
            "completed",
            "faulted",
            "cancelled");

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textReachesFourAndAHalfOnEverySurface(String theme) throws IOException {
        Map<String, Double> luminances = luminances(theme);
        for (String surface : SURFACES) {
            for (String text : TEXTS) {
                assertThat(contrast(luminances, text, surface))
                        .as("%s on %s", text, surface)
                        .isGreaterThan(4.5);
            }
        }
        assertThat(contrast(luminances, "accent", "accent-wash")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-secondary", "accent-wash")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-secondary", "faulted-wash")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "faulted", "faulted-wash")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-inverse", "accent")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-inverse", "accent-strong")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-inverse", "faulted")).isGreaterThan(4.5);
        assertThat(contrast(luminances, "text-inverse", "suspended")).isGreaterThan(4.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void edgesReachThreeOnEverySurface(String theme) throws IOException {
        Map<String, Double> luminances = luminances(theme);
        for (String surface : SURFACES) {
            assertThat(contrast(luminances, "edge", surface))
                    .as("edge on %s", surface)
                    .isGreaterThan(3);
        }
    }

    private static Map<String, Double> luminances(String theme) throws IOException {
        Map<String, Double> luminances = new HashMap<>();
        Matcher token = TOKEN.matcher(Files.readString(TOKENS));
        while (token.find()) {
            String[] parts = token.group(theme.equals("light") ? 2 : 3).split("[ /]+", -1);
            luminances.put(
                    token.group(1),
                    luminance(
                            Double.parseDouble(parts[0].replace("%", "")) / 100,
                            Double.parseDouble(parts[1]),
                            Math.toRadians(Double.parseDouble(parts[2]))));
        }
        return luminances;
    }

    private static double contrast(Map<String, Double> luminances, String one, String other) {
        double first = luminances.getOrDefault(one, Double.NaN);
        double second = luminances.getOrDefault(other, Double.NaN);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    /** From OKLCH by way of linear sRGB (CSS Color 4, section 9), clipped to what a screen shows. */
    private static double luminance(double lightness, double chroma, double hue) {
        double a = chroma * Math.cos(hue);
        double b = chroma * Math.sin(hue);
        double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        double s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        double red = Math.clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, 0, 1);
        double green = Math.clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, 0, 1);
        double blue = Math.clamp(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s, 0, 1);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
}
