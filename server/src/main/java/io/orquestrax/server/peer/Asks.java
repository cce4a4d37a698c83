package io.orquestrax.server.peer;

import com.google.protobuf.ByteString;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Ask;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Duration;
import java.util.Arrays;

/** Commands and what became of them, as messages between nodes. */
final class Asks {
    private Asks() {}

    /**
     * @param longest time that an answer may wait for an end that the caller waits for
     */
    static Request request(RoutedCall call, Duration longest) {
        Ask.Builder ask = Ask.newBuilder()
                .setInstanceId(call.instance().toString())
                .setCommand(ByteString.copyFrom(Json.writeBytes(CommandCodec.encode(call.command()))))
                .setWantsInstance(call.wantsInstance());
        RoutedCall.Beginning beginning = call.beginning();
        if (beginning != null) {
            Plan plan = beginning.plan();
            ask.setStart(Ask.Start.newBuilder()
                    .setNamespace(plan.id().namespace())
                    .setName(plan.id().name())
                    .setVersion(plan.id().version())
                    .setContentHash(plan.contentHash())
                    .setIsFresh(call.isFresh()));
            Duration wait = beginning.awaited().compareTo(longest) < 0 ? beginning.awaited() : longest;
            if (wait.isPositive()) {
                ask.setEndWithin(Durations.message(wait));
            }
        }
        return Request.newBuilder().setAsk(ask).build();
    }

    static Response response(Answer answer, boolean wantsInstance) {
        var message = io.orquestrax.protocol.cluster.v1.Answer.newBuilder();
        boolean isThere = true;
        if (answer.reply() instanceof Reply.Refused(Reply.Refusal refusal)) {
            message.setRefusal(refusal.name());
            isThere = refusal != Reply.Refusal.INSTANCE_UNKNOWN;
        }
        if (wantsInstance && isThere) {
            message.setInstance(Records.record(answer.instance().get()));
        }
        return Response.newBuilder().setAnswer(message).build();
    }

    /** To whoever does not want the instance. */
    static Response refusal(Reply.Refusal refusal) {
        return Response.newBuilder()
                .setAnswer(io.orquestrax.protocol.cluster.v1.Answer.newBuilder().setRefusal(refusal.name()))
                .build();
    }

    /**
     * @throws ServiceException for a refusal that only a newer neighbour knows
     */
    static Answer answer(io.orquestrax.protocol.cluster.v1.Answer message) {
        return new Answer(reply(message.getRefusal()), () -> row(message));
    }

    private static InstanceRow row(io.orquestrax.protocol.cluster.v1.Answer message) {
        if (!message.hasInstance()) {
            throw new IllegalStateException("Expected nobody to ask for the instance");
        }
        return Records.row(message.getInstance());
    }

    private static Reply reply(String refusal) {
        return refusal.isEmpty()
                ? Reply.ACCEPTED
                : new Reply.Refused(Arrays.stream(Reply.Refusal.values())
                        .filter(known -> known.name().equals(refusal))
                        .findFirst()
                        .orElseThrow(() -> new ServiceException(
                                ErrorCode.INTERNAL,
                                "Expected a reason that this version knows, but the command was refused as " + refusal
                                        + ".")));
    }
}
