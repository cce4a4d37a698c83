package io.orquestrax.dashboard.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The compiled templates. */
public final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), "io.orquestrax.dashboard.template");

    /**
     * @param template its path without the ending, {@code instances/page}
     */
    public String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput(8192);
        engine.render(template + ".jte", parameters, output);
        return output.toString();
    }
}
