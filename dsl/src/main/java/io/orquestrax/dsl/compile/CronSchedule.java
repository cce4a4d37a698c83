package io.orquestrax.dsl.compile;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When {@code schedule.cron} says.
 *
 * @param fields five, with one space between
 */
record CronSchedule(String fields, ZoneId zone) {
    static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;

    private static final String EXPECTED = "a text with five cron fields, 0 8 * * MON-FRI for example, and perhaps"
            + " CRON_TZ=Europe/Paris in front of them";
    private static final Pattern FORM = Pattern.compile("\\s*(?:(?:CRON_)?TZ=(\\S+)\\s+)?(\\S.*)", Pattern.DOTALL);
    private static final int FIELDS = 5;
    private static final int MAX_LENGTH = 500;
    /** Any moment does: what never comes in the years after it never comes. */
    private static final ZonedDateTime START = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Empty where it cannot be read, which is recorded. */
    static Optional<CronSchedule> read(Part part) {
        Optional<String> text = part.text(EXPECTED);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text.get());
        if (!form.matches() || text.get().length() > MAX_LENGTH) {
            part.invalid("Expected " + EXPECTED + ", but found " + part.found());
            return Optional.empty();
        }
        Optional<ZoneId> zone = form.group(1) == null ? Optional.of(DEFAULT_ZONE) : zone(part, form.group(1));
        Optional<String> fields = fields(part, form.group(2).strip());
        return zone.isPresent() && fields.isPresent()
                ? Optional.of(new CronSchedule(fields.get(), zone.get()))
                : Optional.empty();
    }

    private static Optional<ZoneId> zone(Part part, String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            part.invalid("Expected a time zone, Europe/Paris for example, but found \"" + Part.shortened(name) + "\""
                    + NearMiss.hint(name, ZoneId.getAvailableZoneIds()));
            return Optional.empty();
        }
    }

    private static Optional<String> fields(Part part, String text) {
        String[] fields = text.split("\\s+", -1);
        if (fields.length != FIELDS) {
            part.invalid(
                    "Expected five cron fields (minute, hour, day of the month, month, day of the week), but found "
                            + fields.length);
            return Optional.empty();
        }
        String joined = String.join(" ", fields);
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(joined)
                    .validate();
            if (ExecutionTime.forCron(cron).nextExecution(START).isEmpty()) {
                part.invalid("Expected cron fields that some day fits, but found " + part.found());
                return Optional.empty();
            }
            return Optional.of(joined);
        } catch (IllegalArgumentException invalid) {
            part.invalid("Expected " + EXPECTED + ", but " + reason(invalid));
            return Optional.empty();
        }
    }

    private static String reason(IllegalArgumentException invalid) {
        String message = String.valueOf(invalid.getMessage())
                .replaceFirst("^Failed to parse cron expression\\. ", "")
                .strip();
        if (message.isEmpty()) {
            return "these are none";
        }
        return Part.shortened(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
    }
}
