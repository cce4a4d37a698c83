package io.orquestrax.sdk;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.WorkflowServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Unary calls with a deadline, repeated where that is allowed. */
final class Calls {
    private static final long FIRST_DELAY_MILLIS = 50;
    private static final long LONGEST_DELAY_MILLIS = 2_000;
    private static final String START =
            WorkflowServiceGrpc.getStartInstanceMethod().getFullMethodName();

    private final ManagedChannel channel;
    private final StartWindow starts = new StartWindow(System::nanoTime);

    Calls(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Whether a call may be made again when it is not known if the server carried it out. */
    enum Repetition {
        IDEMPOTENT,
        ONCE
    }

    /**
     * Whether a start would wait here, behind others of this client, until it could hardly be answered any more.
     *
     * @param deadline that it would have
     */
    boolean isStartHopeless(Duration deadline) {
        return starts.isHopeless(deadline);
    }

    /** Fails with {@link OrquestraxException}; cancelling the future cancels the call. */
    <Q, R> CompletableFuture<R> send(
            MethodDescriptor<Q, R> method, Q request, Repetition repetition, Duration deadline) {
        return send(method, request, request, repetition, deadline);
    }

    private <Q, R> CompletableFuture<R> send(
            MethodDescriptor<Q, R> method, Q first, Q again, Repetition repetition, Duration deadline) {
        Attempts<Q, R> attempts =
                new Attempts<>(method, first, again, repetition, System.nanoTime() + deadline.toNanos());
        if (method.getFullMethodName().equals(START)) {
            starts.pass(attempts);
        } else {
            attempts.next();
        }
        return attempts.answer;
    }

    /** As the other, with the answer translated. */
    <Q, R, T> CompletableFuture<T> send(
            MethodDescriptor<Q, R> method,
            Q request,
            Repetition repetition,
            Duration deadline,
            Function<R, T> translation) {
        return translated(send(method, request, request, repetition, deadline), translation);
    }

    /**
     * A call that may be repeated because its repetitions say that they are some.
     *
     * @param again what is asked when the answer to the first request was lost
     */
    <Q, R, T> CompletableFuture<T> sendUntilAnswered(
            MethodDescriptor<Q, R> method, Q first, Q again, Duration deadline, Function<R, T> translation) {
        return translated(send(method, first, again, Repetition.IDEMPOTENT, deadline), translation);
    }

    private static <R, T> CompletableFuture<T> translated(CompletableFuture<R> answer, Function<R, T> translation) {
        CompletableFuture<T> translated = new CompletableFuture<>();
        var _ = translated.whenComplete((value, failure) -> {
            if (translated.isCancelled()) {
                answer.cancel(true);
            }
        });
        var _ = answer.whenComplete((value, failure) -> {
            if (failure == null) {
                translated.complete(translation.apply(value));
            } else {
                translated.completeExceptionally(failure);
            }
        });
        return translated;
    }

    /** The future's value; an interrupt cancels the call. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new OrquestraxException(
                    ErrorCode.UNAVAILABLE.text(),
                    "Expected an answer, but the waiting thread was interrupted",
                    List.of(),
                    interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OrquestraxException problem) {
                throw new OrquestraxException(problem.code(), problem.detail(), problem.violations(), problem);
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    static long delayMillis(int failures) {
        long ceiling = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 10));
        return ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
    }

    private final class Attempts<Q, R> implements StartWindow.Call {
        private final MethodDescriptor<Q, R> method;
        private final Q first;
        private final Q again;
        private final Repetition repetition;
        private final long deadlineNanos;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private volatile @Nullable ClientCall<Q, R> current;
        private int failures;
        private long sentNanos;

        Attempts(MethodDescriptor<Q, R> method, Q first, Q again, Repetition repetition, long deadlineNanos) {
            this.method = method;
            this.first = first;
            this.again = again;
            this.repetition = repetition;
            this.deadlineNanos = deadlineNanos;
            var _ = answer.whenComplete((value, failure) -> {
                ClientCall<Q, R> call = current;
                if (answer.isCancelled() && call != null) {
                    call.cancel("The caller gave up", null);
                }
            });
        }

        @Override
        public boolean isWanted() {
            return !answer.isDone();
        }

        @Override
        public void send() {
            var _ = answer.whenComplete((value, failure) -> starts.ended(failure == null));
            next();
        }

        @Override
        public void await() {
            CompletableFuture.delayedExecutor(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)
                    .execute(this::expire);
        }

        private void expire() {
            if (!answer.isDone()) {
                answer.completeExceptionally(Problems.exception(
                        Status.DEADLINE_EXCEEDED.withDescription(
                                "Expected the start to be sent in time, but too many of this client were before it"),
                        null));
            }
        }

        void next() {
            if (answer.isDone()) {
                return;
            }
            sentNanos = System.nanoTime();
            long remaining = Math.max(1, deadlineNanos - sentNanos);
            ClientCall<Q, R> call = channel.newCall(
                    method,
                    CallOptions.DEFAULT
                            .withDeadlineAfter(remaining, TimeUnit.NANOSECONDS)
                            .withExecutor(Runnable::run));
            current = call;
            call.start(new Answer(), new Metadata());
            call.sendMessage(failures == 0 ? first : again);
            call.halfClose();
            call.request(2);
        }

        /** Called on the connection's own thread; what the caller does with the outcome has one that it may block. */
        private final class Answer extends ClientCall.Listener<R> {
            private @Nullable R message;

            @Override
            public void onMessage(R received) {
                message = received;
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                R received = message;
                if (status.isOk() && received != null) {
                    Thread.startVirtualThread(() -> answer.complete(received));
                    return;
                }
                if (Problems.isOverloaded(trailers)) {
                    starts.refused(sentNanos);
                }
                long delay = Problems.retryAfterMillis(trailers) + delayMillis(failures++);
                if (mayRepeat(status, trailers, delay)) {
                    channel.resetConnectBackoff();
                    CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS)
                            .execute(Attempts.this::next);
                } else {
                    OrquestraxException problem = Problems.exception(status, trailers);
                    Thread.startVirtualThread(() -> answer.completeExceptionally(problem));
                }
            }

            private boolean mayRepeat(Status status, Metadata trailers, long delay) {
                boolean isOfUse = status.getCode() == Status.Code.UNAVAILABLE && repetition == Repetition.IDEMPOTENT
                        || Problems.isOverloaded(trailers);
                return isOfUse
                        && !channel.isShutdown()
                        && deadlineNanos - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(delay);
            }
        }
    }
}
