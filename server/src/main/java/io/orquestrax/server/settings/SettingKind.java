package io.orquestrax.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What values a setting takes.
 *
 * @param name one word for listings: integer, duration …
 * @param expectation completes the sentence "Expected …"
 * @param reader empty where the text is no such value
 */
public record SettingKind<T>(String name, String expectation, Function<String, Optional<T>> reader) {
    public static final SettingKind<String> TEXT = new SettingKind<>("text", "a text", Optional::of);

    public static final SettingKind<Path> PATH =
            new SettingKind<>("path", "a path", text -> text.isBlank() ? Optional.empty() : Optional.of(Path.of(text)));

    /** Several texts, between commas or spaces; empty for none. */
    public static final SettingKind<List<String>> TEXTS = new SettingKind<>(
            "list",
            "texts between commas",
            text -> Optional.of(Arrays.stream(text.strip().split("[,\\s]+"))
                    .filter(part -> !part.isEmpty())
                    .toList()));

    public static final SettingKind<Duration> DURATION = new SettingKind<>(
            "duration",
            "a duration such as 500ms, 3s, 10m, 2h or PT3S",
            text -> duration(text.strip().toLowerCase(Locale.ROOT)));

    public static final SettingKind<Long> BYTES = new SettingKind<>(
            "bytes",
            "a number of bytes such as 1048576, 512KiB or 2MiB",
            text -> bytes(text.strip().toLowerCase(Locale.ROOT)));

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|b|kib|mib|gib)");

    /** Whole numbers from the lowest to the highest. */
    public static SettingKind<Integer> integer(int lowest, int highest) {
        return new SettingKind<>("integer", "a whole number from " + lowest + " to " + highest, text -> {
            try {
                int value = Integer.parseInt(text.strip());
                return value < lowest || value > highest ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    /** One of the constants, in lower case. */
    public static <E extends Enum<E>> SettingKind<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return new SettingKind<>(
                "choice",
                "one of " + String.join(", ", words),
                text -> constants.stream()
                        .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                        .findFirst());
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        try {
            return Optional.of(Duration.parse(text)).filter(value -> !value.isNegative());
        } catch (DateTimeParseException notADuration) {
            return Optional.empty();
        }
    }

    private static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "kib" -> count << 10;
                    case "mib" -> count << 20;
                    case "gib" -> count << 30;
                    default -> count;
                });
    }
}
