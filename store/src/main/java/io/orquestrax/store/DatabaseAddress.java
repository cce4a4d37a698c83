package io.orquestrax.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where the database is and who asks, in the driver's words.
 *
 * @param jdbcUrl without user and password
 */
record DatabaseAddress(String jdbcUrl, String user, String password) {

    /**
     * @param url jdbc:postgresql://…, or postgresql://user:password@host:port/database?parameters, whose user and
     *     password win over those beside it
     */
    static DatabaseAddress of(String url, String user, String password) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseAddress(url, user, password);
        }
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new StoreException(
                    "Expected a database address that begins with jdbc:postgresql:// or postgresql://, but got one that"
                            + " begins with \"" + url.substring(0, Math.min(url.length(), 12)) + "\"");
        }
        try {
            URI uri = new URI(url);
            String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
            int at = authority.lastIndexOf('@');
            String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
            String query = uri.getRawQuery();
            return new DatabaseAddress(
                    "jdbc:postgresql://" + authority.substring(at + 1)
                            + Objects.requireNonNullElse(uri.getRawPath(), "/")
                            + (query == null ? "" : "?" + query),
                    login.length > 0 ? decode(login[0]) : user,
                    login.length > 1 ? decode(login[1]) : password);
        } catch (URISyntaxException e) {
            // Its message holds the address, and that the password.
            throw new StoreException("Expected a database address like postgresql://user:password@host:5432/database,"
                    + " but at position " + e.getIndex() + ": " + e.getReason());
        }
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For messages: without parameters, which may hold a password. */
    String place() {
        int query = jdbcUrl.indexOf('?');
        return query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    }

    @Override
    public String toString() {
        return place();
    }
}
