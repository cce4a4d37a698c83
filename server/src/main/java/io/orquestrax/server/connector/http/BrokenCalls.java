package io.orquestrax.server.connector.http;

import io.orquestrax.server.connector.Causes;
import io.orquestrax.server.connector.ConnectorFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Says in words why a call has no answer. */
final class BrokenCalls {
    private BrokenCalls() {}

    static ConnectorFailure describe(String call, IOException broken) {
        String title = switch (broken) {
            case SSLException _ -> "TLS failed";
            case ConnectException _, NoRouteToHostException _ -> "Connection failed";
            case InterruptedIOException _ -> "Call timed out";
            case ClientProtocolException _, MessageConstraintException _ -> "Malformed answer";
            default -> "Connection broken";
        };
        return ConnectorFailure.communication(
                title, "Expected " + call + " to be answered, but: " + Causes.of(broken) + ".");
    }
}
