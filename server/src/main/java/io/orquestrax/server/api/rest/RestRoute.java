package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpMethod;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One call of the API.
 *
 * @param template below {@link #BASE}, with its path parameters in braces: {@code /instances/{id}:cancel}
 * @param queryParameters the names that it knows
 * @param takesAnyQuery whether others are no mistake
 */
record RestRoute(
        HttpMethod method, String template, Set<String> queryParameters, boolean takesAnyQuery, RestHandler handler) {
    static final String BASE = "/api/v1";

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    RestRoute {
        queryParameters = Set.copyOf(queryParameters);
    }

    RestRoute(HttpMethod method, String template, Set<String> queryParameters, RestHandler handler) {
        this(method, template, queryParameters, false, handler);
    }

    /** One whose callers say what they like. */
    static RestRoute withAnyQuery(HttpMethod method, String template, RestHandler handler) {
        return new RestRoute(method, template, Set.of(), true, handler);
    }

    /** A GET is good for HEAD too. */
    Set<HttpMethod> methods() {
        return method == HttpMethod.GET ? Set.of(HttpMethod.GET, HttpMethod.HEAD) : Set.of(method);
    }

    /** As Armeria takes it. A colon ends a path parameter, for it begins a verb. */
    String pathPattern() {
        return template.contains("{") ? "regex:^" + regex() + "$" : "exact:" + BASE + template;
    }

    boolean matches(String path) {
        return Pattern.matches(regex(), path);
    }

    private String regex() {
        return PARAMETER.matcher(BASE + template).replaceAll("(?<$1>[^/:]+)");
    }
}
