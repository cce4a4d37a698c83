package io.orquestrax.server.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One long-poll of a worker without a stream. Guarded by the dispatcher's lock. */
final class Poll implements Taker {
    private final Set<String> types;
    private final int max;
    private final BiFunction<Poll, Job, JobAssignment> assign;
    private final Consumer<Poll> answer;
    private final CompletableFuture<List<JobAssignment>> future = new CompletableFuture<>();
    private final List<Job> taken = new ArrayList<>();
    private final List<JobAssignment> assignments = new ArrayList<>();
    private Timers.Timer end = Timers.Timer.NONE;
    private boolean waiting;
    private boolean over;

    /**
     * @param answer called once, when there are jobs for a poll that waits
     */
    Poll(Set<String> types, int max, BiFunction<Poll, Job, JobAssignment> assign, Consumer<Poll> answer) {
        this.types = types;
        this.max = max;
        this.assign = assign;
        this.answer = answer;
    }

    CompletableFuture<List<JobAssignment>> future() {
        return future;
    }

    List<Job> taken() {
        return taken;
    }

    List<JobAssignment> assignments() {
        return List.copyOf(assignments);
    }

    void waitUntil(Timers.Timer timer) {
        waiting = true;
        end = timer;
    }

    /**
     * Takes no more jobs.
     *
     * @return false where it was over before
     */
    boolean end() {
        boolean ends = !over;
        over = true;
        end.cancel();
        return ends;
    }

    @Override
    public Set<String> types() {
        return types;
    }

    @Override
    public int free() {
        return over ? 0 : max - taken.size();
    }

    @Override
    public void take(Job job) {
        taken.add(job);
        assignments.add(assign.apply(this, job));
        if (waiting) {
            answer.accept(this);
        }
    }
}
