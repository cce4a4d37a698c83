package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;

/** What every page tells the browser about itself. */
final class Headers {
    static final HttpHeaders OF_EVERY_PAGE = HttpHeaders.builder()
            .add(
                    HttpHeaderNames.CONTENT_SECURITY_POLICY,
                    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
            .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .add(HttpHeaderNames.REFERRER_POLICY, "same-origin")
            .add(HttpHeaderNames.CACHE_CONTROL, "private, no-cache")
            .build();

    private Headers() {}
}
