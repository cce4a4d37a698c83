package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.QueryParamsBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.dashboard.page.ErrorPage;
import io.orquestrax.protocol.ErrorCode;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Serves one page: reads the form, guards it, runs the handler where it may block, and answers. */
final class PageService implements HttpService {
    private final PageHandler handler;
    private final Frames frames;
    private final Clock clock;

    PageService(PageHandler handler, Frames frames, Clock clock) {
        this.handler = handler;
        this.frames = frames;
        this.clock = clock;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        boolean isSafe = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (!isSafe && !SameOrigin.holds(request.headers())) {
            return HttpResponse.of(
                    HttpStatus.FORBIDDEN,
                    MediaType.PLAIN_TEXT_UTF_8,
                    "Expected a form of this site, but it came from another.");
        }
        CompletableFuture<QueryParams> form =
                isSafe ? CompletableFuture.completedFuture(QueryParams.of()) : readForm(request);
        return HttpResponse.of(form.thenApplyAsync(
                fields -> answer(context, new PageRequest(context, fields, clock.instant())),
                context.blockingTaskExecutor()));
    }

    private HttpResponse answer(ServiceRequestContext context, PageRequest request) {
        try {
            return toResponse(handler.answer(request));
        } catch (RuntimeException failure) {
            ErrorPage error = PageErrors.of(failure, context.path());
            return html(error.status(), frames.error(request, PageErrors.section(context.path()), error));
        }
    }

    /** For an address that leads nowhere. */
    static PageHandler nothingHere(Frames frames, String path) {
        return request -> {
            ErrorPage error =
                    PageErrors.page(ErrorCode.NOT_FOUND, "Expected the address of a page, but none stands here.", path);
            return new PageReply.Html(error.status(), frames.error(request, PageErrors.section(path), error));
        };
    }

    private static HttpResponse toResponse(PageReply reply) {
        return switch (reply) {
            case PageReply.Html page -> html(page.status(), page.body());
            case PageReply.SeeOther other ->
                HttpResponse.of(seeOther(other.location()).build());
            case PageReply.ThemeChosen chosen ->
                HttpResponse.of(seeOther(chosen.location())
                        .cookie(Cookie.secureBuilder("theme", chosen.theme())
                                .secure(false)
                                .httpOnly(false)
                                .sameSite("Lax")
                                .path("/")
                                .maxAge(31_536_000)
                                .build())
                        .build());
        };
    }

    private static com.linecorp.armeria.common.ResponseHeadersBuilder seeOther(String location) {
        return ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                .set(HttpHeaderNames.LOCATION, location)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }

    private static HttpResponse html(int status, String body) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.valueOf(status))
                        .contentType(MediaType.HTML_UTF_8)
                        .add(Headers.OF_EVERY_PAGE)
                        .build(),
                HttpData.ofUtf8(body));
    }

    private static CompletableFuture<QueryParams> readForm(HttpRequest request) {
        MediaType type = request.contentType();
        if (type != null && type.is(MediaType.MULTIPART_FORM_DATA)) {
            return Multipart.from(request).aggregate().thenApply(parts -> {
                QueryParamsBuilder fields = QueryParams.builder();
                parts.names().forEach(name -> {
                    var part = parts.field(name);
                    if (part != null) {
                        fields.add(name, part.contentUtf8());
                    }
                });
                return fields.build();
            });
        }
        return request.aggregate().thenApply(PageService::readForm);
    }

    private static QueryParams readForm(AggregatedHttpRequest request) {
        return QueryParams.fromQueryString(request.contentUtf8(), 64, false);
    }
}
