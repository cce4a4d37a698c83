package io.orquestrax.server.connector.grpc;

import com.google.protobuf.DynamicMessage;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Takes the messages of an answer one after the other, and ends the call where they become too many. */
final class GrpcAnswer extends ClientCall.Listener<DynamicMessage> {
    private final ClientCall<DynamicMessage, DynamicMessage> call;
    private final GrpcLimits limits;
    private final List<DynamicMessage> messages = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private long bytes;
    private boolean isTooLarge;
    private Status status = Status.UNKNOWN;
    private Metadata trailers = new Metadata();

    GrpcAnswer(ClientCall<DynamicMessage, DynamicMessage> call, GrpcLimits limits) {
        this.call = call;
        this.limits = limits;
    }

    @Override
    public void onMessage(DynamicMessage message) {
        bytes += message.getSerializedSize();
        if (bytes > limits.responseMaxBytes() || messages.size() >= limits.maxMessages()) {
            isTooLarge = true;
            call.cancel("The answer is too large", null);
            return;
        }
        messages.add(message);
        call.request(1);
    }

    @Override
    public void onClose(Status ended, Metadata last) {
        status = ended;
        trailers = last;
        // The library refuses a single message that is too long itself.
        isTooLarge |= ended.getCode() == Status.Code.RESOURCE_EXHAUSTED
                && String.valueOf(ended.getDescription()).startsWith("gRPC message exceeds maximum size");
        closed.countDown();
    }

    void await() throws InterruptedException {
        closed.await();
    }

    /** Complete only after {@link #await}, as all below. */
    List<DynamicMessage> messages() {
        return messages;
    }

    boolean isTooLarge() {
        return isTooLarge;
    }

    Status status() {
        return status;
    }

    Metadata trailers() {
        return trailers;
    }
}
