package io.orquestrax.dashboard.page;

import gg.jte.TemplateOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes JSON text with its names set apart from its values. */
final class JsonPaint {
    private static final Pattern NAME = Pattern.compile("(?m)^( *)(\"(?:[^\"\\\\]|\\\\.)*+\")(?=: )");

    private final TemplateOutput output;

    JsonPaint(TemplateOutput output) {
        this.output = output;
    }

    void write(String text) {
        Matcher names = NAME.matcher(text);
        int written = 0;
        while (names.find()) {
            output.writeUserContent(text.substring(written, names.start(2)));
            output.writeContent("<span class=\"json-name\">");
            output.writeUserContent(names.group(2));
            output.writeContent("</span>");
            written = names.end(2);
        }
        output.writeUserContent(text.substring(written));
    }
}
