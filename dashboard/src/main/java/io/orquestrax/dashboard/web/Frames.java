package io.orquestrax.dashboard.web;

import io.orquestrax.dashboard.page.ErrorPage;
import io.orquestrax.dashboard.page.Frame;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.page.Templates;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts pages into the frame that they share. */
public final class Frames {
    private final Templates templates = new Templates();
    private final Assets assets;

    public Frames(Assets assets) {
        this.assets = assets;
    }

    /**
     * @param live where the page's live stream is; null for none
     */
    public String page(
            PageRequest request, String title, Section section, @Nullable String live, String template, Object page) {
        return templates.render(
                template, Map.of("frame", frame(request, title, section, live), "page", page, "now", request.now()));
    }

    public String error(PageRequest request, Section section, ErrorPage error) {
        return templates.render("error", Map.of("frame", frame(request, error.title(), section, null), "error", error));
    }

    /** A part of a page, to take the place of the one with the same id. */
    public String part(String template, Map<String, Object> parameters) {
        return templates.render(template, parameters);
    }

    private Frame frame(PageRequest request, String title, Section section, @Nullable String live) {
        return new Frame(
                title, section, request.theme(), live, assets.styles(), assets.scripts(), assets.icon(), request.now());
    }
}
