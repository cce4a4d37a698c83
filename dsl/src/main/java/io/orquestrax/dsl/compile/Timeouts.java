package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.DurationSpec;
import java.util.Optional;

/** Reads {@code timeout}, of tasks and of the workflow. */
record Timeouts(DurationReader durations) {

    Optional<DurationSpec> read(Part part, VisibleNames names, Moment moment) {
        if (part.value().isTextual()) {
            part.notSupportedYet("the name of a timeout of \"use.timeouts\"");
            return Optional.empty();
        }
        Fields fields = part.fields("an object with after");
        Optional<DurationSpec> after =
                fields.required("after", DurationReader.EXPECTED).map(each -> durations.read(each, names, moment));
        fields.finish();
        return after;
    }
}
