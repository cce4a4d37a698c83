package io.orquestrax.server.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;

/** A call that has no end of its own, such as a page's stream: it goes on until one of both sides goes. */
public final class EndlessCall {
    private static final AttributeKey<Boolean> MARK = AttributeKey.valueOf(EndlessCall.class, "MARK");

    private EndlessCall() {}

    /** Takes the limit of time away. */
    public static void begin(ServiceRequestContext context) {
        context.clearRequestTimeout();
        context.setAttr(MARK, true);
    }

    /** That a call has no limit of time does not say it: that is so of any whose answer is just being written. */
    public static boolean is(ServiceRequestContext context) {
        return context.hasAttr(MARK);
    }
}
