package io.orquestrax.server.api;

import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Opens watches. */
public record InstanceWatches(Orchestration orchestration, CommitFeed commits, WorkFeed work) {

    /** Sends nothing before its first {@link InstanceWatch#signal}. */
    public InstanceWatch open(Caller caller, UUID instance, Executor executor, InstanceWatch.Sink sink) {
        return new InstanceWatch(
                commits, work, instance, () -> InstanceView.read(orchestration, caller, instance), executor, sink);
    }
}
