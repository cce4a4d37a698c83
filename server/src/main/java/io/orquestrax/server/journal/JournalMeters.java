package io.orquestrax.server.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What is counted of the journal. */
record JournalMeters(Counter events, Counter refused, Timer commits, DistributionSummary batchRows) {

    static JournalMeters of(MeterRegistry registry) {
        return new JournalMeters(
                Counter.builder("orquestrax.journal.events")
                        .description("Events that were made durable")
                        .register(registry),
                Counter.builder("orquestrax.journal.refused")
                        .description("Decisions that could not be written")
                        .register(registry),
                Timer.builder("orquestrax.journal.commit")
                        .description("Time to write one batch")
                        .publishPercentileHistogram()
                        .register(registry),
                DistributionSummary.builder("orquestrax.journal.batch.rows")
                        .description("Rows in one batch")
                        .register(registry));
    }
}
