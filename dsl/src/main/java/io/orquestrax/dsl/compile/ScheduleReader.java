package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.ScheduleSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code schedule}: when instances start by themselves. */
record ScheduleReader(EventStrategies strategies) {
    private static final String EXPECTED = "an object with every, cron, after or on";
    /** Each start is a transaction of its own; what is to happen more often is a loop in one instance. */
    private static final Duration SHORTEST_DISTANCE = Duration.ofSeconds(1);

    private static final Pattern ENVELOPE_USE =
            Pattern.compile("\\$workflow\\s*\\.\\s*input\\s*\\[[^\\]]*\\]\\s*\\.\\s*data\\b");

    ScheduleSpec read(Part part, JsonNode document) {
        Fields fields = part.fields(EXPECTED);
        Optional<Duration> every = fields.optional("every").flatMap(ScheduleReader::distance);
        Optional<CronSchedule> cron = fields.optional("cron").flatMap(CronSchedule::read);
        Optional<Duration> after = fields.optional("after").flatMap(ScheduleReader::known);
        Optional<Part> on = fields.optional("on");
        Optional<EventStrategy> events = on.map(each -> strategies.read(each, VisibleNames.NONE, Moment.EVENT));
        Optional<EventRead> read = EventStrategies.read(fields);
        if (on.isEmpty() && fields.has("read")) {
            fields.part()
                    .member("read")
                    .invalid("Expected \"read\" only beside \"on\", for it says what of the events is read");
        }
        boolean hasUnknown = !fields.finish();
        if (fields.isReadable() && !hasUnknown && fields.names().stream().allMatch("read"::equals)) {
            part.invalid("Expected " + EXPECTED + ", but found none of them");
        }
        if (on.isPresent() && read.isEmpty()) {
            warnOfEnvelopes(on.get(), document);
        }
        return new ScheduleSpec(
                every.orElse(null),
                cron.map(CronSchedule::fields).orElse(null),
                cron.map(CronSchedule::zone).orElse(CronSchedule.DEFAULT_ZONE),
                after.orElse(null),
                events.orElse(null),
                read.orElse(EventRead.DATA));
    }

    private static Optional<Duration> distance(Part part) {
        Optional<Duration> duration = known(part);
        if (duration.filter(each -> each.compareTo(SHORTEST_DISTANCE) < 0).isPresent()) {
            part.invalid("Expected a second at least between two starts, but found " + part.found());
        }
        return duration;
    }

    private static Optional<Duration> known(Part part) {
        if (ExpressionSyntax.isWrapped(part.value().asText())) {
            part.invalid("Expected a duration that is known before there is an instance, but found an expression");
            return Optional.empty();
        }
        return DurationReader.known(part);
    }

    /** Older documents were written for envelopes, which were what came without {@code read}. */
    private static void warnOfEnvelopes(Part on, JsonNode document) {
        if (usesEnvelope(document)) {
            on.report()
                    .warningAtKey(
                            on.pointer(),
                            ProblemCode.EVENT_DATA_EXPECTED,
                            "Expected \"read: envelope\" beside \"on\", since $workflow.input[…].data is used, but"
                                    + " without it the input holds the data of the events only");
        }
    }

    private static boolean usesEnvelope(JsonNode node) {
        if (node.isTextual()) {
            return ENVELOPE_USE.matcher(node.textValue()).find();
        }
        for (JsonNode inner : node) {
            if (usesEnvelope(inner)) {
                return true;
            }
        }
        return false;
    }
}
