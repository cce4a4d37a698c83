package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.server.event.EventService;
import io.orquestrax.server.function.FunctionService;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.PlanCache;
import io.orquestrax.server.partition.PlanLookup;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.server.schedule.DefinitionSchedules;
import io.orquestrax.server.webhook.WebhookService;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.instance.BusinessKeys;
import io.orquestrax.store.instance.InstanceQueries;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the service stands on.
 *
 * @param resources that a document may refer to when it is deployed
 * @param blocking for what waits for the database
 * @param scheduler for the ends of waits; nothing of length runs on it
 */
public record OrchestrationParts(
        DocumentCompiler compiler,
        ExternalResources resources,
        List<String> refusedConnectors,
        Definitions definitions,
        DefinitionSchedules schedules,
        PlanCache plans,
        PlanLookup lookup,
        InstanceQueries queries,
        BusinessKeys keys,
        InstanceGateway instances,
        Dispatcher dispatcher,
        CommitFeed feed,
        ClusterControl cluster,
        EventService events,
        FunctionService functions,
        WebhookService webhooks,
        UuidSequence ids,
        Clock clock,
        long maxPayloadBytes,
        Executor blocking,
        ScheduledExecutorService scheduler) {}
