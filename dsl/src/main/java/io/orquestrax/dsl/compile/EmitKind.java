package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.Map;

/** {@code emit}: an event. */
record EmitKind(EventAttributes attributes) implements TaskKind {
    private static final String EXPECTED = "an object with event";
    private static final String EVENT = "an object with the property with";

    @Override
    public String key() {
        return "emit";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields emit = fields.required("emit", EXPECTED).orElseThrow().fields(EXPECTED);
        fields.belongUnder("emit", "event");
        emit.belongUnder("event", "with");
        emit.belongUnder("event.with", EventAttributes.names());
        Template event = emit.required("event", "the event to publish")
                .map(each -> event(each, scope))
                .orElse(Template.object(Map.of()));
        emit.finish();
        return new EmitTask(common, event);
    }

    private Template event(Part part, TaskScope scope) {
        Fields event = part.fields(EVENT);
        event.belongUnder("with", EventAttributes.names());
        Template with = event.required("with", "the attributes and the data of the event")
                .map(each -> attributes.emitted(each, scope.names()))
                .orElse(Template.object(Map.of()));
        event.finish();
        return with;
    }
}
