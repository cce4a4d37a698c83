package io.orquestrax.dsl.expression.jq;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The formats of strftime and strptime, in UTC and in English. */
final class TimeFormat {
    private TimeFormat() {}

    static String format(LocalDateTime time, String pattern) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < pattern.length(); index++) {
            char each = pattern.charAt(index);
            if (each == '%' && index + 1 < pattern.length()) {
                index++;
                text.append(directive(time, pattern.charAt(index)));
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }

    private static String directive(LocalDateTime time, char directive) {
        return switch (directive) {
            case 'Y' -> String.valueOf(time.getYear());
            case 'm' -> digits(2, time.getMonthValue());
            case 'd' -> digits(2, time.getDayOfMonth());
            case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
            case 'H' -> digits(2, time.getHour());
            case 'I' -> digits(2, (time.getHour() + 11) % 12 + 1);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'M' -> digits(2, time.getMinute());
            case 'S' -> digits(2, time.getSecond());
            case 'y' -> digits(2, Math.floorMod(time.getYear(), 100));
            case 'j' -> digits(3, time.getDayOfYear());
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'V' -> digits(2, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 's' -> String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 'F' -> format(time, "%Y-%m-%d");
            case 'T' -> format(time, "%H:%M:%S");
            case 'R' -> format(time, "%H:%M");
            case 'D' -> format(time, "%m/%d/%y");
            case 'c' -> format(time, "%a %b %e %H:%M:%S %Y");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> throw new Failure("the format %" + directive + " of strftime is not supported");
        };
    }

    private static String digits(int width, int number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    static LocalDateTime parse(String text, String pattern) {
        try {
            return new TimeParser(text).parse(pattern);
        } catch (DateTimeException | NumberFormatException outOfRange) {
            throw new Failure("date " + shown(text) + " does not match format " + shown(pattern));
        }
    }

    private static String shown(String text) {
        return "\"" + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + "\"";
    }
}
