package io.orquestrax.dsl.expression.jq;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** Reads one text by a format of strptime; what is no match is a DateTimeException. */
final class TimeParser {
    private final String text;
    private int position;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private boolean isAfternoon;
    private int minute;
    private int second;
    private long epochSeconds = Long.MIN_VALUE;

    TimeParser(String text) {
        this.text = text;
    }

    LocalDateTime parse(String pattern) {
        follow(pattern);
        if (position != text.length()) {
            throw new DateTimeException("unread rest");
        }
        if (epochSeconds != Long.MIN_VALUE) {
            return LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
        }
        LocalDateTime date = dayOfYear > 0
                ? LocalDateTime.of(year, 1, 1, 0, 0).withDayOfYear(dayOfYear)
                : LocalDateTime.of(year, month, day, 0, 0);
        return date.withHour(isAfternoon ? hour % 12 + 12 : hour)
                .withMinute(minute)
                .plusSeconds(second);
    }

    private void follow(String pattern) {
        for (int index = 0; index < pattern.length(); index++) {
            char each = pattern.charAt(index);
            if (each == '%' && index + 1 < pattern.length()) {
                index++;
                directive(pattern.charAt(index));
            } else if (Character.isWhitespace(each)) {
                skipBlanks();
            } else {
                literal(each);
            }
        }
    }

    private void directive(char directive) {
        switch (directive) {
            case 'Y' -> year = number(4);
            case 'y' -> {
                int shortYear = number(2);
                year = shortYear < 69 ? 2000 + shortYear : 1900 + shortYear;
            }
            case 'm' -> month = number(2);
            case 'd', 'e' -> day = number(2);
            case 'j' -> dayOfYear = number(3);
            case 'H' -> hour = number(2);
            case 'I' -> hour = number(2) % 12;
            case 'p' -> isAfternoon = name("AM", "PM") == 1;
            case 'M' -> minute = number(2);
            case 'S' -> second = number(2);
            case 's' -> epochSeconds = number(11);
            case 'b', 'B', 'h' -> month = monthName();
            case 'a', 'A' -> weekdayName();
            case 'Z' -> zoneName();
            case 'z' -> zoneOffset();
            case 'T' -> follow("%H:%M:%S");
            case 'R' -> follow("%H:%M");
            case 'F' -> follow("%Y-%m-%d");
            case 'D' -> follow("%m/%d/%y");
            case 'n', 't' -> skipBlanks();
            case '%' -> literal('%');
            default -> throw new DateTimeException("unknown directive");
        }
    }

    private int number(int mostDigits) {
        skipBlanks();
        int start = position;
        while (position < text.length() && position - start < mostDigits && Character.isDigit(text.charAt(position))) {
            position++;
        }
        return Integer.parseInt(text.substring(start, position));
    }

    private void literal(char expected) {
        if (position >= text.length() || text.charAt(position) != expected) {
            throw new DateTimeException("other character");
        }
        position++;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private int monthName() {
        for (Month each : Month.values()) {
            if (takeName(each.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    || takeName(each.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))) {
                return each.getValue();
            }
        }
        throw new DateTimeException("no month");
    }

    private void weekdayName() {
        for (DayOfWeek each : DayOfWeek.values()) {
            if (takeName(each.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    || takeName(each.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))) {
                return;
            }
        }
        throw new DateTimeException("no weekday");
    }

    private int name(String first, String second) {
        if (takeName(first)) {
            return 0;
        }
        if (takeName(second)) {
            return 1;
        }
        throw new DateTimeException("neither name");
    }

    private boolean takeName(String name) {
        boolean found = text.regionMatches(true, position, name, 0, name.length());
        position += found ? name.length() : 0;
        return found;
    }

    private void zoneName() {
        int start = position;
        while (position < text.length() && Character.isLetter(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw new DateTimeException("no zone");
        }
    }

    /** Passed over, as in jq: the date stays what it says. */
    private void zoneOffset() {
        if (takeName("Z")) {
            return;
        }
        if (position >= text.length() || "+-".indexOf(text.charAt(position)) < 0) {
            throw new DateTimeException("no offset");
        }
        position++;
        number(2);
        if (position < text.length() && text.charAt(position) == ':') {
            position++;
        }
        number(2);
    }
}
