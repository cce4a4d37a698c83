package io.orquestrax.server.job;

import io.orquestrax.engine.command.Command;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What became of an attempt, on its way to being durable. Guarded by the dispatcher's lock. */
final class Settlement {
    private final Job job;
    private final Command command;
    private final Set<String> workers = new LinkedHashSet<>();
    private final List<CompletableFuture<Boolean>> callers = new ArrayList<>();
    private boolean mayHaveCounted;
    private int failures;
    private boolean underway;

    Settlement(Job job, Command command) {
        this.job = job;
        this.command = command;
    }

    Job job() {
        return job;
    }

    Command command() {
        return command;
    }

    /** The workers with a stream that are to be told, by id: a worker may have reconnected until then. */
    Set<String> workers() {
        return workers;
    }

    List<CompletableFuture<Boolean>> callers() {
        return callers;
    }

    /** Whether an earlier try may have counted although nobody said so. */
    boolean mayHaveCounted() {
        return mayHaveCounted;
    }

    void doubt() {
        mayHaveCounted = true;
    }

    /** A loss that the engine cannot know of, since it waits to be sent again. */
    boolean isRevocable() {
        return !underway && command instanceof Command.LoseJob;
    }

    void sent() {
        underway = true;
    }

    /**
     * The partition did not take it.
     *
     * @return how often it failed so far
     */
    int failed() {
        underway = false;
        mayHaveCounted = true;
        failures++;
        return failures;
    }
}
