package io.orquestrax.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as a person reads them. */
public final class Times {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Duration LONGEST_RELATIVE = Duration.ofDays(30);

    private Times() {}

    /** "12 s ago", "in 3 min"; far away as a date in the zone of this machine. */
    public static String relative(Instant time, Instant now) {
        Duration distance = Duration.between(time, now);
        if (distance.abs().compareTo(LONGEST_RELATIVE) > 0) {
            return DATE.format(time.atZone(ZoneId.systemDefault()));
        }
        if (distance.abs().toSeconds() < 1) {
            return "now";
        }
        return distance.isNegative() ? "in " + rounded(distance.negated()) : rounded(distance) + " ago";
    }

    /** As {@link #relative}, of a member that a time may stand in; empty where none does. */
    public static String ofMember(JsonNode json, String member, Terminal terminal) {
        String time = json.path(member).asText("");
        return time.isEmpty()
                ? ""
                : relative(Instant.parse(time), terminal.clock().instant());
    }

    /** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". */
    public static String length(Duration length) {
        if (length.toMillis() < 10_000) {
            long tenths = (length.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (length.toSeconds() < 60) {
            return length.toSeconds() + " s";
        }
        if (length.toMinutes() < 60) {
            return length.toMinutes() + " min " + length.toSecondsPart() + " s";
        }
        if (length.toHours() < 48) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toDays() + " d " + length.toHoursPart() + " h";
    }

    private static String rounded(Duration distance) {
        if (distance.toSeconds() < 60) {
            return distance.toSeconds() + " s";
        }
        if (distance.toMinutes() < 60) {
            return distance.toMinutes() + " min";
        }
        return distance.toHours() < 48 ? distance.toHours() + " h" : distance.toDays() + " d";
    }
}
