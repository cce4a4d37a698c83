package io.orquestrax.dashboard.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's content.
 *
 * @param live where the page's live stream is; null where nothing on it changes by itself
 * @param styles addresses of the style sheets
 * @param scripts addresses of the scripts, in order
 * @param icon address of the site's icon
 * @param now by the server's clock, from which the page's script counts on
 */
public record Frame(
        String title,
        Section section,
        Theme theme,
        @Nullable String live,
        List<String> styles,
        List<String> scripts,
        String icon,
        Instant now) {

    public Frame {
        styles = List.copyOf(styles);
        scripts = List.copyOf(scripts);
    }
}
