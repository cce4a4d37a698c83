package io.orquestrax.bench.benchmark;

import java.time.Duration;

/**
 * How large the benchmarks are that are about large things.
 *
 * @param waiting instances that wait, open at the same time
 * @param closed instances in the database whose list is read
 * @param timers due in the same second
 * @param lead before that second, for writing them and starting the node
 * @param loops iterations of the instance with the long history
 * @param branches of the instance with many parallel jobs; it is compared with one of a tenth
 * @param growth how many times more instances the database holds than were run on the empty one
 * @param idle how long an idle node is looked at
 * @param watched instances whose page is watched in a run
 * @param requests of a list in a run
 * @param steady how long the load is that is to be served like its beginning
 */
public record Scale(
        int waiting,
        int closed,
        int timers,
        Duration lead,
        int loops,
        int branches,
        int growth,
        Duration idle,
        int watched,
        int requests,
        Duration steady) {

    public static final Scale FULL = new Scale(
            1_000_000,
            5_000_000,
            100_000,
            Duration.ofSeconds(60),
            33_333,
            10_000,
            10,
            Duration.ofSeconds(20),
            50,
            100,
            Duration.ofMinutes(10));

    /** Whether everything works, and nothing about speed. */
    public static final Scale QUICK = new Scale(
            400, 400, 200, Duration.ofSeconds(5), 300, 40, 2, Duration.ofSeconds(1), 3, 3, Duration.ofSeconds(10));

    /** With another length of the steady load. */
    public Scale withSteady(Duration duration) {
        return new Scale(waiting, closed, timers, lead, loops, branches, growth, idle, watched, requests, duration);
    }
}
