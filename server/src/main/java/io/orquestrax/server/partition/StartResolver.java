package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.instance.InstanceQueries;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Finds what a start needs to be read from the database for, away from the partition's thread. */
final class StartResolver {
    private final PlanLookup plans;
    private final InstanceQueries queries;
    private final Semaphore permits;

    /**
     * @param parallelism starts that are looked up at the same time
     */
    StartResolver(PlanLookup plans, InstanceQueries queries, int parallelism) {
        this.plans = plans;
        this.queries = queries;
        this.permits = new Semaphore(parallelism);
    }

    /** Returns at once. */
    void resolve(UUID instance, MessageContent.Start start, Consumer<StartResolution> then) {
        Thread.ofVirtual().name("start-" + instance).start(() -> then.accept(resolve(instance, start)));
    }

    private StartResolution resolve(UUID instance, MessageContent.Start start) {
        permits.acquireUninterruptibly();
        try {
            boolean isFresh = queries.history(instance, 0, 1).isEmpty();
            return plans.find(start.namespace(), start.name(), start.version())
                    .<StartResolution>map(plan -> new StartResolution.Found(plan, isFresh))
                    .orElseGet(() -> missing(start, "to be deployed, but it is not"));
        } catch (PlanCache.UncompilableException uncompilable) {
            return missing(start, "to be one that this version of OrquestraX can run, but it is not");
        } catch (RuntimeException failed) {
            return new StartResolution.Unknown(failed);
        } finally {
            permits.release();
        }
    }

    private static StartResolution missing(MessageContent.Start start, String expectation) {
        String version = start.version() == null ? "" : "/" + start.version();
        return new StartResolution.Missing(WorkflowError.of(
                StandardError.CONFIGURATION,
                "Missing definition",
                "Expected the definition " + start.namespace() + "/" + start.name() + version + " " + expectation
                        + "."));
    }
}
