package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.RequestHeaders;
import java.net.URI;

/** Keeps other sites' pages from acting in a reader's name. */
final class SameOrigin {
    private SameOrigin() {}

    /** Every browser sends one of the two headers with a form; what sends neither has the API. */
    static boolean holds(RequestHeaders headers) {
        String site = headers.get("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = headers.get("origin");
        String authority = headers.authority();
        return origin != null && authority != null && authority.equalsIgnoreCase(authorityOf(origin));
    }

    private static String authorityOf(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException notAnOrigin) {
            return "";
        }
    }
}
