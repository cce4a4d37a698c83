package io.orquestrax.dsl.compile;

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

    static Readers of(Expressions expressions, SchemaReader schemas, Definitions definitions) {
        DurationReader durations = new DurationReader(expressions);
        return new Readers(
                expressions,
                new DataFlow(expressions, schemas),
                durations,
                new Timeouts(durations, definitions),
                new RetryReader(expressions, durations, definitions),
                new ErrorReader(expressions, definitions),
                new EventStrategies(expressions),
                new ConnectorCalls(expressions, definitions),
                new Functions(definitions, schemas.resources()));
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
