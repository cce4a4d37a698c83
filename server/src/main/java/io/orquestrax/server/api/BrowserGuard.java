package io.orquestrax.server.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that change something and that a browser sends for another site's page.
 *
 * <p>A node on loopback is reachable for every page that its user opens. Programs that are no browser send neither
 * header and pass.
 */
final class BrowserGuard implements DecoratingHttpServiceFunction {

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (changesSomething(request) && isForeign(request.headers())) {
            throw new ServiceException(
                    ErrorCode.FORBIDDEN_ORIGIN,
                    "Expected a call from this server's own pages or from a program, but it comes from "
                            + request.headers().get("origin", "another site"));
        }
        return delegate.serve(context, request);
    }

    private static boolean changesSomething(HttpRequest request) {
        return switch (request.method()) {
            case GET, HEAD, OPTIONS, TRACE -> false;
            case POST, PUT, PATCH, DELETE, CONNECT, UNKNOWN -> true;
        };
    }

    private static boolean isForeign(RequestHeaders headers) {
        String site = headers.get("sec-fetch-site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = headers.get("origin");
        return origin != null && !isOwn(origin, headers.authority());
    }

    /** Schemes are not compared: a proxy in front may have ended the TLS. */
    private static boolean isOwn(String origin, @Nullable String authority) {
        try {
            URI uri = URI.create(origin);
            if (uri.getHost() == null || uri.getScheme() == null || authority == null) {
                return false;
            }
            URI own = URI.create(uri.getScheme() + "://" + authority);
            return own.getHost() != null
                    && uri.getHost()
                            .toLowerCase(Locale.ROOT)
                            .equals(own.getHost().toLowerCase(Locale.ROOT))
                    && portOf(uri) == portOf(own);
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static int portOf(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }
}
