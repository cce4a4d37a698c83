package io.orquestrax.engine.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import org.jspecify.annotations.Nullable;

/** Events as the rows of the history hold them: a type and JSON text. */
public final class EventCodec {
    private EventCodec() {}

    /** The event's data as JSON text; what stands in columns of its own is not repeated in it. */
    public static String encode(Event event) {
        return Json.write(data(event));
    }

    /** The attempt that stands in the row's own column, 0 where there is none. */
    public static int attemptOf(Event event) {
        return switch (event) {
            case Event.JobCreated created -> 1;
            case Event.TaskCompleted completed -> attemptOf(completed.execution());
            case Event.TaskFaulted faulted -> attemptOf(faulted.execution());
            case Event.JobFailed failed -> failed.execution().attempt();
            case Event.JobRetried retried -> retried.attempt();
            case Event.JobLost lost -> lost.execution().attempt();
            case Event.RetryScheduled scheduled -> scheduled.attempt();
            case Event.RetryStarted started -> started.attempt();
            case Event.InstanceStarted other -> 0;
            case Event.TaskStarted other -> 0;
            case Event.LoopStarted other -> 0;
            case Event.IterationStarted other -> 0;
            case Event.IterationCompleted other -> 0;
            case Event.ForkStarted other -> 0;
            case Event.ListenStarted other -> 0;
            case Event.ExtensionStarted other -> 0;
            case Event.ExtensionAdvanced other -> 0;
            case Event.EventConsumed other -> 0;
            case Event.ChildStarted other -> 0;
            case Event.ChildRestarted other -> 0;
            case Event.WaitStarted other -> 0;
            case Event.TaskSkipped other -> 0;
            case Event.ErrorCaught other -> 0;
            case Event.InstanceSuspended other -> 0;
            case Event.InstanceResumed other -> 0;
            case Event.InstanceCancelled other -> 0;
            case Event.InstanceCompleted other -> 0;
            case Event.InstanceFaulted other -> 0;
            case Event.InstanceRetried other -> 0;
        };
    }

    private static int attemptOf(Event.@Nullable Execution execution) {
        return execution == null ? 0 : execution.attempt();
    }

    private static ObjectNode data(Event event) {
        EventWriter writer = new EventWriter();
        return switch (event) {
            case Event.InstanceStarted started ->
                writer.with("namespace", started.definition().namespace())
                        .with("name", started.definition().name())
                        .with("version", started.definition().version())
                        .with("contentHash", started.contentHash())
                        .with("key", started.key())
                        .with("input", started.input())
                        .with("transformedInput", started.transformedInput())
                        .with("tags", started.tags())
                        .with("by", started.startedBy())
                        .with("deadline", started.deadline())
                        .with(started.origin())
                        .json;
            case Event.TaskStarted started ->
                writer.opening(started, started.kind())
                        .with("input", started.input())
                        .with("deadline", started.deadline())
                        .with("attemptDeadline", started.attemptDeadline())
                        .with("value", started.value())
                        .json;
            case Event.LoopStarted started ->
                writer.opening(started, null)
                        .with("input", started.input())
                        .with("items", started.items())
                        .with("deadline", started.deadline())
                        .json;
            case Event.IterationStarted started ->
                writer.with("index", started.index()).with("fromInput", started.fromInput()).json;
            case Event.ForkStarted started ->
                writer.opening(started, null)
                        .with("input", started.input())
                        .with("compete", started.compete())
                        .with("branches", started.branches())
                        .with("deadline", started.deadline())
                        .json;
            case Event.WaitStarted started ->
                writer.opening(started, null)
                        .with("input", started.input())
                        .with("due", started.due())
                        .with("deadline", started.deadline())
                        .json;
            case Event.JobCreated created ->
                writer.opening(created, null)
                        .with("input", created.input())
                        .with("jobType", created.jobType())
                        .with("arguments", created.arguments())
                        .with(created.limits())
                        .with("totalDue", created.totalDue())
                        .with("deadline", created.deadline())
                        .json;
            case Event.IterationCompleted completed ->
                writer.with("index", completed.index())
                        .with("output", completed.output())
                        .with("context", completed.context())
                        .json;
            case Event.ExtensionStarted started ->
                writer.opening(started, null)
                        .with("applies", started.applies())
                        .with("phase", started.phase().name())
                        .json;
            case Event.ExtensionAdvanced advanced ->
                writer.with("phase", advanced.phase().name()).json;
            case Event.ListenStarted started ->
                writer.opening(started, null)
                        .with("input", started.input())
                        .with("expectations", started.expectations())
                        .with("foreach", started.foreach())
                        .with("looksBack", started.looksBack())
                        .with("types", started.types())
                        .with("deadline", started.deadline())
                        .json;
            case Event.EventConsumed consumed ->
                writer.with("filter", consumed.filter())
                        .with("position", consumed.position())
                        .with("keptUntil", consumed.keptUntil())
                        .with("value", consumed.value())
                        .withValues("correlations", consumed.correlations())
                        .with("satisfied", consumed.satisfied())
                        .json;
            case Event.ChildStarted started ->
                writer.opening(started, null)
                        .with("input", started.input())
                        .with("child", started.child().toString())
                        .with("namespace", started.namespace())
                        .with("name", started.name())
                        .with("version", started.version())
                        .with("childInput", started.childInput())
                        .with("awaited", started.awaited())
                        .with("deadline", started.deadline())
                        .json;
            case Event.ChildRestarted started ->
                writer.with("child", started.child().toString()).with("number", started.number()).json;
            case Event.TaskSkipped skipped -> writer.opening(skipped, skipped.kind()).json;
            case Event.TaskCompleted completed ->
                writer.opening(completed, completed.kind())
                        .with("output", completed.output())
                        .with("context", completed.context())
                        .with(completed.then())
                        .with(completed.execution())
                        .with("emitted", completed.emitted())
                        .json;
            case Event.TaskFaulted faulted ->
                writer.opening(faulted, faulted.kind())
                        .with("error", faulted.error().toJson())
                        .with(faulted.execution())
                        .json;
            case Event.JobFailed failed ->
                writer.with("error", failed.error().toJson())
                        .with(failed.execution())
                        .with("due", failed.due())
                        .with("progress", failed.progress())
                        .json;
            case Event.JobRetried retried -> writer.json;
            case Event.JobLost lost ->
                writer.with("reason", lost.reason().name())
                        .with(lost.execution())
                        .with("progress", lost.progress())
                        .json;
            case Event.RetryScheduled scheduled ->
                writer.with("error", scheduled.error().toJson()).with("due", scheduled.due()).json;
            case Event.RetryStarted started -> writer.with("attemptDeadline", started.attemptDeadline()).json;
            case Event.ErrorCaught caught -> writer.with("error", caught.error().toJson()).json;
            case Event.InstanceSuspended suspended -> writer.act(suspended.by(), suspended.reason()).json;
            case Event.InstanceResumed resumed -> writer.act(resumed.by(), resumed.reason()).json;
            case Event.InstanceCancelled cancelled -> writer.act(cancelled.by(), cancelled.reason()).json;
            case Event.InstanceCompleted completed -> writer.with("output", completed.output()).json;
            case Event.InstanceFaulted faulted ->
                writer.with("error", faulted.error().toJson()).json;
            case Event.InstanceRetried retried -> writer.act(retried.by(), retried.reason()).json;
        };
    }

    /**
     * @param task JSON pointer, absent for events of the instance itself
     * @param activation 0 where there is none
     * @param attempt 0 where there is none
     * @throws IllegalArgumentException for a type that this release does not know
     */
    public static Event decode(String type, @Nullable String task, long activation, int attempt, String data) {
        EventReader in = new EventReader(Json.readTrusted(data), task == null ? "" : task);
        return switch (type) {
            case "InstanceStarted" ->
                new Event.InstanceStarted(
                        new DefinitionId(in.text("namespace"), in.text("name"), in.text("version")),
                        in.text("contentHash"),
                        in.textOrNull("key"),
                        in.value("input"),
                        in.valueOrNull("transformedInput"),
                        in.tags(),
                        in.text("by"),
                        in.timeOrNull("deadline"),
                        in.originOrNull());
            case "TaskStarted" ->
                new Event.TaskStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.text("kind"),
                        in.valueOrNull("input"),
                        in.timeOrNull("deadline"),
                        in.timeOrNull("attemptDeadline"),
                        in.valueOrNull("value"));
            case "LoopStarted" ->
                new Event.LoopStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.valueOrNull("items"),
                        in.timeOrNull("deadline"));
            case "IterationStarted" ->
                new Event.IterationStarted(activation, in.task(), in.number("index"), in.flag("fromInput"));
            case "ForkStarted" ->
                new Event.ForkStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.flag("compete"),
                        in.number("branches"),
                        in.timeOrNull("deadline"));
            case "WaitStarted" ->
                new Event.WaitStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.time("due"),
                        in.timeOrNull("deadline"));
            case "JobCreated" ->
                new Event.JobCreated(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.text("jobType"),
                        in.valueOrNull("arguments"),
                        in.limits(),
                        in.timeOrNull("totalDue"),
                        in.timeOrNull("deadline"));
            case "IterationCompleted" ->
                new Event.IterationCompleted(
                        activation, in.task(), in.number("index"), in.valueOrNull("output"), in.valueOrNull("context"));
            case "ExtensionStarted" ->
                new Event.ExtensionStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.flag("applies"),
                        ExtensionPhase.valueOf(in.text("phase")));
            case "ExtensionAdvanced" ->
                new Event.ExtensionAdvanced(activation, in.task(), ExtensionPhase.valueOf(in.text("phase")));
            case "ListenStarted" ->
                new Event.ListenStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.valueOrNull("expectations"),
                        in.flag("foreach"),
                        in.flag("looksBack"),
                        in.texts("types"),
                        in.timeOrNull("deadline"));
            case "EventConsumed" ->
                new Event.EventConsumed(
                        activation,
                        in.task(),
                        in.number("filter"),
                        in.longNumber("position"),
                        in.time("keptUntil"),
                        in.valueOrNull("value"),
                        in.values("correlations"),
                        in.flag("satisfied"));
            case "ChildStarted" ->
                new Event.ChildStarted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.valueOrNull("input"),
                        in.uuid("child"),
                        in.text("namespace"),
                        in.text("name"),
                        in.textOrNull("version"),
                        in.valueOrNull("childInput"),
                        in.flag("awaited"),
                        in.timeOrNull("deadline"));
            case "ChildRestarted" ->
                new Event.ChildRestarted(activation, in.task(), in.uuid("child"), in.number("number"));
            case "TaskSkipped" -> new Event.TaskSkipped(activation, in.parent(), in.task(), in.text("kind"));
            case "TaskCompleted" ->
                new Event.TaskCompleted(
                        activation,
                        in.parent(),
                        in.task(),
                        in.text("kind"),
                        in.valueOrNull("output"),
                        in.valueOrNull("context"),
                        in.then(),
                        in.executionOrNull(),
                        in.valueOrNull("emitted"));
            case "TaskFaulted" ->
                new Event.TaskFaulted(
                        activation, in.parent(), in.task(), in.text("kind"), in.error(), in.executionOrNull());
            case "JobFailed" ->
                new Event.JobFailed(
                        activation, in.task(), in.error(), in.execution(), in.time("due"), in.valueOrNull("progress"));
            case "JobRetried" -> new Event.JobRetried(activation, in.task(), attempt);
            case "JobLost" ->
                new Event.JobLost(
                        activation,
                        in.task(),
                        in.execution(),
                        LossReason.valueOf(in.text("reason")),
                        in.valueOrNull("progress"));
            case "RetryScheduled" ->
                new Event.RetryScheduled(activation, in.task(), in.error(), attempt, in.time("due"));
            case "RetryStarted" ->
                new Event.RetryStarted(activation, in.task(), attempt, in.timeOrNull("attemptDeadline"));
            case "ErrorCaught" -> new Event.ErrorCaught(activation, in.task(), in.error());
            case "InstanceSuspended" -> new Event.InstanceSuspended(in.text("by"), in.textOrNull("reason"));
            case "InstanceResumed" -> new Event.InstanceResumed(in.text("by"), in.textOrNull("reason"));
            case "InstanceCancelled" -> new Event.InstanceCancelled(in.text("by"), in.textOrNull("reason"));
            case "InstanceCompleted" -> new Event.InstanceCompleted(in.value("output"));
            case "InstanceFaulted" -> new Event.InstanceFaulted(in.error());
            case "InstanceRetried" -> new Event.InstanceRetried(in.text("by"), in.textOrNull("reason"));
            default -> throw new IllegalArgumentException("Expected a type of event of this release, but got " + type);
        };
    }
}
