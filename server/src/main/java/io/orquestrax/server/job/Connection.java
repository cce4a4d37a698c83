package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes out over one connection of a worker, in order, and as few messages as it can be. */
final class Connection {
    private final WorkerSink sink;
    private final Serial serial;
    private final Object monitor = new Object();
    private List<Outgoing> pending = new ArrayList<>();

    Connection(WorkerSink sink, Serial serial) {
        this.sink = sink;
        this.serial = serial;
    }

    private sealed interface Outgoing {
        record Assign(JobAssignment job) implements Outgoing {}

        record Acknowledge(JobId job, boolean counted) implements Outgoing {}

        record Cancel(JobId job) implements Outgoing {}

        record Replaced() implements Outgoing {}
    }

    void assign(JobAssignment job) {
        add(new Outgoing.Assign(job));
    }

    void acknowledge(JobId job, boolean counted) {
        add(new Outgoing.Acknowledge(job, counted));
    }

    void cancel(JobId job) {
        add(new Outgoing.Cancel(job));
    }

    void replaced() {
        add(new Outgoing.Replaced());
    }

    private void add(Outgoing message) {
        synchronized (monitor) {
            pending.add(message);
            if (pending.size() == 1) {
                serial.afterwards(this::flush);
            }
        }
    }

    private void flush() {
        List<Outgoing> messages;
        synchronized (monitor) {
            messages = pending;
            pending = new ArrayList<>();
        }
        int next = 0;
        while (next < messages.size()) {
            next = send(messages, next);
        }
    }

    private int send(List<Outgoing> messages, int start) {
        return switch (messages.get(start)) {
            case Outgoing.Assign _ -> {
                List<JobAssignment> run = run(messages, start, m -> m instanceof Outgoing.Assign a ? a.job() : null);
                sink.assign(run);
                yield start + run.size();
            }
            case Outgoing.Cancel _ -> {
                List<JobId> run = run(messages, start, m -> m instanceof Outgoing.Cancel c ? c.job() : null);
                sink.cancel(run);
                yield start + run.size();
            }
            case Outgoing.Acknowledge(JobId job, boolean counted) -> {
                sink.acknowledge(job, counted);
                yield start + 1;
            }
            case Outgoing.Replaced() -> {
                sink.replaced();
                yield start + 1;
            }
        };
    }

    private static <T> List<T> run(List<Outgoing> messages, int start, Function<Outgoing, @Nullable T> ofKind) {
        List<T> run = new ArrayList<>();
        for (Outgoing message : messages.subList(start, messages.size())) {
            T content = ofKind.apply(message);
            if (content == null) {
                break;
            }
            run.add(content);
        }
        return run;
    }
}
