package io.orquestrax.server.job;

import io.orquestrax.server.live.WorkFeed;
import java.time.Duration;
import java.util.List;

/** A dispatcher with a clock and a partition that tests drive. */
abstract class DispatcherFixture {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration UNCLAIMED_GRACE = Duration.ofSeconds(15);

    final TestingTime time = new TestingTime();
    final TestingGateway gateway = new TestingGateway();
    final WorkFeed work = new WorkFeed();
    final Dispatcher dispatcher = new Dispatcher(
            gateway,
            time.clock(),
            new DispatcherSettings(GRACE, UNCLAIMED_GRACE, Duration.ofMinutes(5), 1000),
            work,
            time,
            null);

    final TestingSink sink = new TestingSink();

    WorkerSession connect(int capacity) {
        return dispatcher.connect(TestingJobs.hello("w", capacity), sink);
    }

    void report(WorkerSession session, JobResult result) {
        session.results(List.of(result));
    }
}
