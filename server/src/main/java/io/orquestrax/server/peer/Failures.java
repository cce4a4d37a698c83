package io.orquestrax.server.peer;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Failure;
import io.orquestrax.protocol.cluster.v1.NotOwned;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.NotOwnedException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures on their way between nodes. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Response response(Throwable failure) {
        return switch (cause(failure)) {
            case NotOwnedException notOwned ->
                Response.newBuilder().setNotOwned(NotOwned.getDefaultInstance()).build();
            case ServiceException known -> response(known.code(), known.detail());
            case Throwable unexpected -> {
                LOG.error("What another node asked for failed", unexpected);
                yield response(ErrorCode.INTERNAL, "The node that was asked failed; see its log.");
            }
        };
    }

    /** A code that only a newer neighbour knows is told by its sentence. */
    static ServiceException exception(Failure failure) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(known -> known.text().equals(failure.getCode()))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
        return new ServiceException(code, failure.getDetail());
    }

    static Throwable cause(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() instanceof Throwable cause) {
            inner = cause;
        }
        return inner;
    }

    private static Response response(ErrorCode code, String detail) {
        return Response.newBuilder()
                .setFailure(Failure.newBuilder().setCode(code.text()).setDetail(detail))
                .build();
    }
}
