package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.dashboard.page.Theme;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request for a page. */
public final class PageRequest {
    private final ServiceRequestContext context;
    private final QueryParams form;
    private final Instant now;

    PageRequest(ServiceRequestContext context, QueryParams form, Instant now) {
        this.context = context;
        this.form = form;
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    public Caller caller() {
        return Caller.ANONYMOUS;
    }

    /** A part of the path, decoded. */
    public String path(String name) {
        String part = context.pathParam(name);
        return part == null ? "" : part;
    }

    /** The id in the path; what is no id cannot be an instance. */
    public UUID instanceId() {
        String text = path("id");
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            // Said below, as for an id that is only short.
        }
        throw new ServiceException(
                ErrorCode.INSTANCE_NOT_FOUND, "Expected the id of an instance, but \"" + text + "\" is none.");
    }

    /** Of the address; empty where it is absent. */
    public String query(String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value.strip();
    }

    public @Nullable String queryOrNull(String name) {
        String value = query(name);
        return value.isEmpty() ? null : value;
    }

    /** Of the form that was sent; empty where it is absent. */
    public String field(String name) {
        return form.get(name, "");
    }

    public Theme theme() {
        return context.request().headers().cookies().stream()
                .filter(cookie -> cookie.name().equals("theme"))
                .map(Cookie::value)
                .map(Theme::ofText)
                .findFirst()
                .orElse(Theme.SYSTEM);
    }

    /** Where the reader's browser found this server: {@code http://orchestrator:8080}. */
    public String origin() {
        String authority = context.request().authority();
        return (context.sessionProtocol().isTls() ? "https://" : "http://") + (authority == null ? "" : authority);
    }

    /** The page that the reader came from, if it is one of ours. */
    public String cameFrom() {
        String referer = context.request().headers().get("referer", "");
        int start = referer.indexOf('/', referer.indexOf("://") + 3);
        String path = start < 0 ? "" : referer.substring(start);
        return path.startsWith("/") && !path.startsWith("//") ? path : "/instances";
    }
}
