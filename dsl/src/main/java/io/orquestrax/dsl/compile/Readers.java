package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.schema.SchemaCompiler;

/** What reads the parts of one document that tasks are made of. */
record Readers(
        Expressions expressions,
        DataFlow dataFlow,
        DurationReader durations,
        Timeouts timeouts,
        RetryReader retries,
        ErrorReader errors,
        EventStrategies strategies,
        ConnectorCalls connectors,
        Functions functions) {

    /**
     * @param resources that the document may refer to
     */
    static Readers of(
            Expressions expressions, SchemaCompiler schemas, ExternalResources resources, Definitions definitions) {
        ConnectorCalls connectors = new ConnectorCalls(expressions, definitions);
        DurationReader durations = new DurationReader(expressions);
        return new Readers(
                expressions,
                new DataFlow(expressions, new SchemaReader(schemas, resources, connectors.authentications())),
                durations,
                new Timeouts(durations, definitions),
                new RetryReader(expressions, durations, definitions),
                new ErrorReader(expressions, definitions),
                new EventStrategies(expressions),
                connectors,
                new Functions(definitions, connectors.authentications(), resources));
    }

    /** Definitions that nothing refers to are judged like the others. */
    void checkUnused(TaskReader tasks) {
        functions.compileUnused(tasks);
        errors.checkUnused();
        retries.checkUnused();
        timeouts.checkUnused();
        connectors.authentications().checkUnused();
    }
}
