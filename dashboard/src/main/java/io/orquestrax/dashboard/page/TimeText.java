package io.orquestrax.dashboard.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations in words; the page's script writes the same words while they grow. */
public final class TimeText {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private TimeText() {}

    public static String exact(Instant time) {
        return EXACT.format(time);
    }

    /** {@code 24 Nov 05:00 UTC}. */
    public static String minute(Instant time) {
        return MINUTE.format(time);
    }

    public static String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** {@code now}, {@code 8 s ago}, {@code in 3 min}. */
    public static String relative(Instant time, Instant now) {
        long seconds = Duration.between(time, now).toSeconds();
        if (seconds == 0) {
            return "now";
        }
        String distance = coarse(Math.abs(seconds));
        return seconds > 0 ? distance + " ago" : "in " + distance;
    }

    /** {@code 420 ms}, {@code 2.3 s}, {@code 1 min 05 s}, {@code 2 h 03 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%d.%d s", seconds, millis % 1000 / 100);
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    private static String coarse(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
