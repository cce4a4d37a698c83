package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.Durations;
import java.util.Optional;

/** Reads {@code timeout}, of tasks and of the workflow, and names of timeouts of {@code use.timeouts}. */
record Timeouts(DurationReader durations, Definitions definitions) {

    Optional<DurationSpec> read(Part part, VisibleNames names, Moment moment) {
        if (part.value().isTextual()
                && isDuration(part.value())
                && !definitions.has(Section.TIMEOUTS, part.value().textValue())) {
            part.wrongType("the name of a timeout of \"use.timeouts\", or an object, {after: "
                    + part.value().textValue() + "} for example");
            return Optional.empty();
        }
        return part.value().isTextual()
                ? definitions.find(Section.TIMEOUTS, part).flatMap(each -> timeout(each, names, moment))
                : timeout(part, names, moment);
    }

    /** What nothing refers to is judged too. */
    void checkUnused() {
        definitions.unused(Section.TIMEOUTS).forEach(each -> timeout(each, VisibleNames.NONE, Moment.BEFORE_INPUT));
    }

    private static boolean isDuration(JsonNode text) {
        try {
            Durations.parse(text);
            return true;
        } catch (ExpressionException name) {
            return false;
        }
    }

    private Optional<DurationSpec> timeout(Part part, VisibleNames names, Moment moment) {
        Fields fields = part.fields("an object with after");
        Optional<DurationSpec> after =
                fields.required("after", DurationReader.EXPECTED).map(each -> durations.read(each, names, moment));
        fields.finish();
        return after;
    }
}
