package io.orquestrax.server.api.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.orquestrax.protocol.v1.WatchInstanceResponse;
import io.orquestrax.server.api.EndlessCall;
import io.orquestrax.server.api.InstanceView;
import io.orquestrax.server.api.InstanceWatch;
import io.orquestrax.server.api.InstanceWatches;
import io.orquestrax.server.orchestration.Caller;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An instance as a stream of messages, as fast as its reader takes them. */
final class InstanceStream implements InstanceWatch.Sink {
    /** What the node that owns the instance cannot tell, while there is no link to it, is seen so late. */
    private static final long REFRESH_SECONDS = 15;

    private final ServerCallStreamObserver<WatchInstanceResponse> responses;

    private InstanceStream(ServerCallStreamObserver<WatchInstanceResponse> responses) {
        this.responses = responses;
    }

    /** Handlers of a call can be set only before its method returns. */
    static void open(
            InstanceWatches watches,
            Caller caller,
            Supplier<UUID> requested,
            ServerCallStreamObserver<WatchInstanceResponse> responses) {
        UUID id;
        try {
            id = requested.get();
        } catch (RuntimeException invalid) {
            responses.onError(GrpcProblems.exceptionOf(invalid));
            return;
        }
        ServiceRequestContext context = ServiceRequestContext.current();
        EndlessCall.begin(context);
        InstanceWatch watch = watches.open(caller, id, context.blockingTaskExecutor(), new InstanceStream(responses));
        ScheduledFuture<?> refresh = context.eventLoop()
                .scheduleAtFixedRate(watch::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        Runnable release = () -> {
            refresh.cancel(false);
            watch.close();
        };
        responses.setOnCancelHandler(release);
        responses.setOnCloseHandler(release);
        responses.setOnReadyHandler(watch::signal);
        watch.signal();
    }

    @Override
    public boolean isReady() {
        return responses.isReady();
    }

    @Override
    public void send(InstanceView view) {
        responses.onNext(Messages.view(view));
    }

    @Override
    public void end() {
        responses.onCompleted();
    }

    @Override
    public void fail(Throwable failure) {
        if (!responses.isCancelled()) {
            responses.onError(GrpcProblems.exceptionOf(failure));
        }
    }
}
