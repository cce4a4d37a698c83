package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.engine.event.LossReason;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands as neighbouring versions send them: a line here changes only with the level that nodes speak. */
class CommandCodecTest {
    private static final UUID OTHER = UUID.fromString("01a20798-d4f1-732f-b402-deb3d8c5fe34");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000006Z");
    private static final JsonNode VALUE = Json.readTrusted("{\"n\":9007199254740993,\"d\":1.10}");
    private static final WorkflowError ERROR = WorkflowError.of(StandardError.RUNTIME, "Broken", "It broke.");

    private static final Map<Command, String> GOLDEN = new LinkedHashMap<>();

    static {
        GOLDEN.put(
                new Command.StartInstance("order-1", VALUE, Map.of("b", "2", "a", "1"), "ada"),
                "{'kind':'start','key':'order-1','input':{'n':9007199254740993,'d':1.10},'tags':{'a':'1','b':'2'},"
                        + "'by':'ada'}");
        GOLDEN.put(
                new Command.StartInstance(
                        null, NullNode.getInstance(), Map.of(), "x", new Origin.Parent(OTHER, 3, true)),
                "{'kind':'start','input':null,'tags':{},'by':'x','parent':{'instance':"
                        + "'01a20798-d4f1-732f-b402-deb3d8c5fe34','activation':3,'awaited':true}}");
        GOLDEN.put(
                new Command.StartInstance(null, VALUE, Map.of(), "x", new Origin.Schedule("cron")),
                "{'kind':'start','input':{'n':9007199254740993,'d':1.10},'tags':{},'by':'x','trigger':'cron'}");
        GOLDEN.put(new Command.ContinueInstance(), "{'kind':'continue'}");
        GOLDEN.put(new Command.WakeInstance(), "{'kind':'wake'}");
        GOLDEN.put(
                new Command.CompleteJob(2, 1, "w", TIME, VALUE),
                "{'kind':'complete-job','activation':2,'attempt':1,'worker':'w',"
                        + "'startedAt':'2026-01-02T03:04:05.000006Z','output':{'n':9007199254740993,'d':1.10}}");
        GOLDEN.put(
                new Command.CompleteJob(2, 1, null, null, NullNode.getInstance()),
                "{'kind':'complete-job','activation':2,'attempt':1,'output':null}");
        GOLDEN.put(
                new Command.FailJob(
                        2,
                        1,
                        "w",
                        TIME,
                        ERROR,
                        true,
                        new JobRetryPolicy(3, Duration.ofSeconds(1), 2.5, Duration.ofMinutes(1), 0.1, Set.of("b", "a")),
                        VALUE),
                "{'kind':'fail-job','activation':2,'attempt':1,'worker':'w',"
                        + "'startedAt':'2026-01-02T03:04:05.000006Z','error':" + Json.write(ERROR.toJson())
                        + ",'retryable':true,'policy':{'maxAttempts':3,'delay':'PT1S','backoff':2.5,'jitter':0.1,"
                        + "'maxDelay':'PT1M','nonRetryableErrors':['a','b']},"
                        + "'progress':{'n':9007199254740993,'d':1.10}}");
        GOLDEN.put(
                new Command.FailJob(2, 1, null, null, ERROR, false, null, null),
                "{'kind':'fail-job','activation':2,'attempt':1,'error':" + Json.write(ERROR.toJson())
                        + ",'retryable':false}");
        GOLDEN.put(
                new Command.LoseJob(2, 1, null, null, LossReason.HEARTBEAT_MISSED, null),
                "{'kind':'lose-job','activation':2,'attempt':1,'reason':'heartbeat-missed'}");
        GOLDEN.put(new Command.ClaimJob(2, 3), "{'kind':'claim-job','activation':2,'attempt':3}");
        GOLDEN.put(new Command.CancelInstance("ada", "enough"), "{'kind':'cancel','by':'ada','reason':'enough'}");
        GOLDEN.put(new Command.SuspendInstance("ada", null), "{'kind':'suspend','by':'ada'}");
        GOLDEN.put(new Command.ResumeInstance("ada", null), "{'kind':'resume','by':'ada'}");
        GOLDEN.put(new Command.RetryInstance("ada", null), "{'kind':'retry','by':'ada'}");
        GOLDEN.put(
                new Command.DeliverEvent(new ReceivedEvent(17, TIME, VALUE)),
                "{'kind':'deliver-event','position':17,'keptUntil':'2026-01-02T03:04:05.000006Z',"
                        + "'envelope':{'n':9007199254740993,'d':1.10}}");
        GOLDEN.put(
                new Command.ReportChild(4, OTHER, Status.FAULTED, null, ERROR),
                "{'kind':'report-child','activation':4,'child':'01a20798-d4f1-732f-b402-deb3d8c5fe34',"
                        + "'status':'faulted','error':" + Json.write(ERROR.toJson()) + "}");
    }

    @Test
    void everyKindLooksAsItDidAndComesBack() {
        GOLDEN.forEach((command, text) -> {
            String json = text.replace('\'', '"');
            assertThat(Json.write(CommandCodec.encode(command))).isEqualTo(json);
            assertThat(CommandCodec.decode(Json.readTrusted(json))).isEqualTo(command);
        });
    }

    @Test
    void noKindIsForgotten() {
        assertThat(GOLDEN.keySet().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Stream.of(Command.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void aKindOfANewerNeighbourIsRefusedClearly() {
        assertThatThrownBy(() -> CommandCodec.decode(Json.readTrusted("{\"kind\":\"dance\"}")))
                .isInstanceOfSatisfying(ServiceException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(refused.detail()).contains("\"dance\"");
                });
    }
}
