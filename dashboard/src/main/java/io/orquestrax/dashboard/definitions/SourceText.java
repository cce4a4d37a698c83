package io.orquestrax.dashboard.definitions;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's source, line by line, with names and comments set apart. */
public record SourceText(String source) implements Content {
    private static final Pattern LINE = Pattern.compile(
            "^(?<indent>[\\s-]*)(?<name>\"(?:[^\"\\\\]|\\\\.)*+\"|[A-Za-z0-9_$.-]++)(?<colon>:(?=\\s|$))");
    private static final Pattern COMMENT = Pattern.compile("^\\s*#");

    public List<String> lines() {
        return source.lines().toList();
    }

    @Override
    public void writeTo(TemplateOutput output) {
        int number = 0;
        for (String line : lines()) {
            number++;
            output.writeContent("<span class=\"line\" id=\"L" + number + "\" data-line=\"" + number + "\">");
            writeLine(output, line);
            output.writeContent("\n</span>");
        }
    }

    private static void writeLine(TemplateOutput output, String line) {
        if (COMMENT.matcher(line).find()) {
            write(output, "source-comment", line);
            return;
        }
        Matcher name = LINE.matcher(line);
        if (!name.find()) {
            output.writeUserContent(line);
            return;
        }
        output.writeUserContent(name.group("indent"));
        write(output, "source-name", name.group("name"));
        output.writeUserContent(line.substring(name.start("colon")));
    }

    private static void write(TemplateOutput output, String style, String text) {
        output.writeContent("<span class=\"" + style + "\">");
        output.writeUserContent(text);
        output.writeContent("</span>");
    }
}
