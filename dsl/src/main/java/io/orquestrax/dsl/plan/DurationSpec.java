package io.orquestrax.dsl.plan;

import io.orquestrax.dsl.expression.Template;
import java.time.Duration;

/** A duration of the DSL: fixed when compiled, or evaluated when met. */
public sealed interface DurationSpec {

    record Fixed(Duration duration) implements DurationSpec {}

    /** Evaluates to an ISO 8601 string or to an object of days, hours, minutes, seconds and milliseconds. */
    record Evaluated(Template template) implements DurationSpec {}
}
