package io.orquestrax.server.node;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Sends callers to another node while this one stops: a connection that brings a request is asked to end when what is
 * under way on it has been answered, so that nothing is left on it when the door closes.
 */
final class Farewell implements DecoratingHttpServiceFunction {
    /** For requests that are on their way already. */
    static final Duration DRAIN = Duration.ofMillis(100);

    private final BooleanSupplier stopping;

    Farewell(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (stopping.getAsBoolean()) {
            var _ = context.initiateConnectionShutdown(DRAIN);
        }
        return delegate.serve(context, request);
    }
}
