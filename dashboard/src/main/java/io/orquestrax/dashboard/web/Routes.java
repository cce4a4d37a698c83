package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.server.ServerBuilder;
import java.time.Clock;

/** Puts pages on a node's server. */
public final class Routes {
    private final ServerBuilder server;
    private final Frames frames;
    private final LiveStreams streams;
    private final Clock clock;

    public Routes(ServerBuilder server, Frames frames, LiveStreams streams, Clock clock) {
        this.server = server;
        this.frames = frames;
        this.streams = streams;
        this.clock = clock;
    }

    public void get(String path, PageHandler handler) {
        server.route().get(path).build(new PageService(handler, frames, clock));
    }

    public void post(String path, PageHandler handler) {
        server.route().post(path).build(new PageService(handler, frames, clock));
    }

    /** A stream of server-sent events named {@code update}: parts of the page, as HTML. */
    public void live(String path, LiveSource source) {
        server.route().get(path).build(streams.service(source));
    }

    /** What a browser asks for and nobody else serves; other callers get problem details. To be called last. */
    public void nothingElse() {
        server.route()
                .get("glob:/**")
                .exclude("prefix:/api")
                .matchesHeaders(HttpHeaderNames.ACCEPT, accept -> accept.contains("text/html"))
                .build(new PageService(PageService.nothingHere(frames, "/"), frames, clock));
    }

    /** Whatever stands below the path and is no page: an error page rather than problem details. */
    public void nothingBelow(String path) {
        server.route()
                .get("glob:" + path + "/**")
                .build(new PageService(PageService.nothingHere(frames, path), frames, clock));
    }
}
