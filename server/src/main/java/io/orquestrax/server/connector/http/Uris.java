package io.orquestrax.server.connector.http;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** URIs of calls. */
public final class Uris {
    private static final int MAX_PORT = 65_535;

    private Uris() {}

    /**
     * An absolute http or https URI without a user name.
     *
     * @param what names the place in a message
     * @throws ConnectorFailure configuration
     */
    public static URI parse(String text, String what) throws ConnectorFailure {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw invalid(what, text, malformed.getReason());
        }
        if (!isHttp(uri) || uri.getHost() == null) {
            throw invalid(what, text, "it is no absolute http or https URI with a host");
        }
        if (uri.getPort() > MAX_PORT) {
            throw invalid(what, text, "its port is none, as the highest is " + MAX_PORT);
        }
        if (uri.getRawUserInfo() != null) {
            throw ConnectorFailure.of(
                    StandardError.CONFIGURATION,
                    "Invalid URI",
                    "Expected " + what + " without a user name, but it has one: give it as authentication.");
        }
        return withoutFragment(uri);
    }

    /** As {@link #parse}, or the URI of a file. */
    public static URI parseResource(String text, String what) throws ConnectorFailure {
        if (!text.toLowerCase(Locale.ROOT).startsWith("file:")) {
            return parse(text, what);
        }
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw invalid(what, text, malformed.getReason());
        }
    }

    public static boolean isHttp(URI uri) {
        String scheme = uri.getScheme();
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    }

    static int port(URI uri) {
        return port(uri.getScheme(), uri.getPort());
    }

    static int port(String scheme, int given) {
        if (given >= 0) {
            return given;
        }
        return "https".equalsIgnoreCase(scheme) ? 443 : 80;
    }

    public static boolean isSameOrigin(URI first, URI second) {
        return first.getScheme().equalsIgnoreCase(second.getScheme())
                && HostRule.normalized(first.getHost()).equals(HostRule.normalized(second.getHost()))
                && port(first) == port(second);
    }

    /** Path and query, as they go over the wire. */
    static String target(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** With more after its query. */
    public static URI withQuery(URI uri, String more) {
        if (more.isEmpty()) {
            return uri;
        }
        String text = uri.toString();
        String joint = uri.getRawQuery() == null ? "?" : uri.getRawQuery().isEmpty() ? "" : "&";
        return URI.create(text + joint + more);
    }

    /** As one name or value of a query, or one segment of a path: everything but unreserved characters is escaped. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** As {@link #encode}, but with the characters that delimit parts of a URI as they are. */
    public static String encodeAllButReserved(String text) {
        StringBuilder encoded = new StringBuilder();
        text.codePoints().forEach(character -> {
            String each = Character.toString(character);
            // Brackets and the hash would end the query for some readers.
            encoded.append(":/?@!$&'()*+,;=".contains(each) ? each : encode(each));
        });
        return encoded.toString();
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        URI bare = hash < 0 ? uri : URI.create(text.substring(0, hash));
        String scheme = bare.getScheme();
        String lower = scheme.toLowerCase(Locale.ROOT);
        return scheme.equals(lower) ? bare : URI.create(lower + bare.toString().substring(scheme.length()));
    }

    private static ConnectorFailure invalid(String what, String text, String reason) {
        return ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "Invalid URI",
                "Expected " + what + " to be an http or https URI, but \"" + text + "\" is not: " + reason + ".");
    }
}
