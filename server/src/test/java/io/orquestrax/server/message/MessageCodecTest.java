package io.orquestrax.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.store.TestingRows;
import io.orquestrax.store.message.MessageRow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    @ParameterizedTest
    @MethodSource("contents")
    void readsWhatItWrote(MessageContent content) {
        MessageRow row = MessageCodec.row(TestingRows.id(1), 3, TestingRows.id(2), content);

        assertThat(row.kind()).isEqualTo(content.kind());
        assertThat(MessageCodec.content(row)).isEqualTo(content);
    }

    static Stream<MessageContent> contents() {
        Origin parent = new Origin.Parent(TestingRows.id(7), 12, false, 3);
        return Stream.of(
                new MessageContent.Start(
                        "shop", "order", "1.0.0", Json.readTrusted("{\"n\":1.10}"), "workflow:x", parent),
                new MessageContent.Start(
                        "shop", "order", null, Json.readTrusted("null"), "schedule", new Origin.Schedule("cron")),
                new MessageContent.Cancel("workflow:x", "the parent was cancelled"),
                new MessageContent.Cancel("workflow:x", null),
                new MessageContent.ChildClosed(
                        12, TestingRows.id(7), Status.COMPLETED, Json.readTrusted("[9007199254740993]"), null),
                new MessageContent.ChildClosed(
                        12,
                        TestingRows.id(7),
                        Status.FAULTED,
                        null,
                        WorkflowError.of(StandardError.RUNTIME, "Bad", "worse").at("/do/0/pay")),
                new MessageContent.EventArrived(42));
    }
}
