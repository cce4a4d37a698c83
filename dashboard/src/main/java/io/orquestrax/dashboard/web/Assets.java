package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import io.orquestrax.dashboard.page.Webjar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The style sheet, the scripts and the site's icon. */
public final class Assets {
    private static final MediaType SCRIPT = MediaType.JAVASCRIPT_UTF_8;

    private final Asset style = Asset.of(
            "style.css",
            MediaType.CSS_UTF_8,
            together("tokens.css", "base.css", "parts.css", "pages.css", "instance.css"));
    private final Asset icon = Asset.of("icon.svg", MediaType.SVG_UTF_8, together("icon.svg"));
    private final List<Asset> scripts = List.of(
            Asset.of("htmx.js", SCRIPT, Webjar.HTMX.bytes("dist/htmx.min.js")),
            Asset.of("sse.js", SCRIPT, Webjar.HTMX_SSE.bytes("sse.js")),
            Asset.of("page.js", SCRIPT, together("morph.js", "live.js", "page.js")));

    public List<String> styles() {
        return List.of(style.path());
    }

    public List<String> scripts() {
        return scripts.stream().map(Asset::path).toList();
    }

    public String icon() {
        return icon.path();
    }

    public void serve(ServerBuilder server) {
        Stream.concat(Stream.of(style, icon), scripts.stream())
                .forEach(asset -> server.service(
                        asset.path(),
                        (context, request) ->
                                answer(asset, request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, ""))));
    }

    private static HttpResponse answer(Asset asset, String acceptEncoding) {
        boolean isCompressed = acceptEncoding.contains("gzip");
        HttpData content = isCompressed ? asset.compressed() : asset.content();
        var headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(asset.type())
                .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .set(HttpHeaderNames.VARY, "accept-encoding")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (isCompressed) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        }
        return HttpResponse.of(headers.build(), content);
    }

    private static byte[] together(String... names) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            try (InputStream in = Assets.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("Expected " + name + " on the class path, but it is missing");
                }
                in.transferTo(all);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return all.toByteArray();
    }
}
