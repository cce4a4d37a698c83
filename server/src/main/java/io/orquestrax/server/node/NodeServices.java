package io.orquestrax.server.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.ClusterFeed;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.settings.Settings;

/**
 * What the doors of a node may use.
 *
 * @param schedules were deployed, paused, resumed, or fired
 * @param events came, were delivered or consumed
 * @param meters of the whole node; {@code /metrics} shows them
 */
public record NodeServices(
        Orchestration orchestration,
        Dispatcher dispatcher,
        CommitFeed commits,
        WorkFeed work,
        ChangeFeed schedules,
        ChangeFeed events,
        ClusterFeed cluster,
        Readiness readiness,
        PrometheusMeterRegistry meters,
        Settings settings) {}
