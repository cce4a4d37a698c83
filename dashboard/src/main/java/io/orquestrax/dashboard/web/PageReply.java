package io.orquestrax.dashboard.web;

/** What a page answers. */
public sealed interface PageReply {

    /** A page. */
    record Html(int status, String body) implements PageReply {}

    /** To be read somewhere else, with GET. */
    record SeeOther(String location) implements PageReply {}

    /** Somewhere else, and the theme is kept in a cookie. */
    record ThemeChosen(String theme, String location) implements PageReply {}

    static PageReply ok(String body) {
        return new Html(200, body);
    }
}
