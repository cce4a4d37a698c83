package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.EventRead;
import io.orquestrax.dsl.plan.EventStrategy;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.Optional;

/** {@code listen}: events to wait for. */
record ListenKind(EventStrategies strategies, ForeachReader foreach) implements TaskKind {
    private static final String EXPECTED = "an object with to, which says what events to wait for";

    @Override
    public String key() {
        return "listen";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Fields listen = fields.required("listen", EXPECTED).orElseThrow().fields(EXPECTED);
        fields.belongUnder("listen", "to", "read");
        fields.belongUnder("listen.to", "one", "any", "all", "until");
        listen.belongUnder("to", "one", "any", "all", "until");
        listen.belongBeside("listen", "foreach");
        EventStrategy to = listen.required("to", "which events to wait for")
                .map(each -> strategies.read(each, scope.names(), Moment.DEFINITION))
                .orElse(EventStrategies.UNREADABLE);
        EventRead read = EventStrategies.read(listen).orElse(EventRead.DATA);
        listen.finish();
        Optional<ForeachSpec> forEach =
                fields.optional("foreach").map(each -> foreach.read(each, common, "foreach", scope.names()));
        return new ListenTask(common, to, read, forEach.orElse(null));
    }
}
