package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.job.WorkerHello;
import io.orquestrax.server.job.WorkerSession;
import io.orquestrax.server.job.WorkerSink;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workers, and what pages tell of them. */
class WorkersPageTest extends DashboardPages {
    @Test
    void showsConnectedWorkers() throws Exception {
        assertThat(dashboard.get("/workers").body()).contains("No worker is connected", "./orquestrax worker");
        try (TestingStream stream = dashboard.stream("/workers/live")) {
            stream.await("No worker is connected");

            WorkerSession session = connect("worker-in-view", "someone.home");

            stream.await("worker-in-view");
            assertThat(dashboard.get("/workers").body()).contains("someone.home", "0 of 4", "pid 4711");
            session.drain();
            stream.await("draining");
            session.disconnected();
            stream.await("No worker is connected");
        }
    }

    @Test
    void pushesWhatWorkersDoWithoutACommit() throws Exception {
        dashboard.deploy(definition("working", "1.0.0", "", "call: live.work"));
        InstanceRow instance = dashboard.start("working", null, "{}", Map.of());
        JobId job = new JobId(instance.id(), 1, 1);
        String page = dashboard.get("/instances/" + instance.id()).body();

        try (TestingStream stream = dashboard.stream(live(page));
                TestingStream ofWorkers = dashboard.stream("/workers/live")) {
            stream.await("No worker for type live.work is connected.");
            long committed = events(instance);

            WorkerSession session = connect("worker-on-it", "live.work");
            stream.await("worker-on-it-id");
            ofWorkers.await("1 of 4");
            session.heartbeat(job, Json.readTrusted("{\"percent\":42,\"message\":\"halfway\"}"));
            stream.await("value=\"42\"");
            stream.await("halfway");
            session.heartbeat(job, Json.readTrusted("{\"percent\":97}"));
            stream.await("value=\"97\"");

            assertThat(events(instance)).isEqualTo(committed);
            session.disconnected();
        }
    }

    private static WorkerSession connect(String name, String type) {
        WorkerHello hello = new WorkerHello(
                name + "-id",
                name,
                List.of(new WorkerHello.JobType(type, null, null, null)),
                4,
                "host-1",
                4711,
                "java",
                "0.1.0",
                "build-1",
                List.of());
        return dashboard.node().services().dispatcher().connect(hello, new IdleSink());
    }

    private static long events(InstanceRow instance) {
        return dashboard
                .orchestration()
                .history(Caller.ANONYMOUS, instance.id(), 0, 100)
                .size();
    }

    /** A worker that takes what it is given and never answers. */
    private static final class IdleSink implements WorkerSink {
        @Override
        public void assign(List<JobAssignment> jobs) {}

        @Override
        public void acknowledge(JobId job, boolean counted) {}

        @Override
        public void cancel(List<JobId> jobs) {}

        @Override
        public void replaced() {}
    }
}
