package io.orquestrax.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of the documentation: a fenced block of YAML, and below it a paragraph that says what is given and what
 * comes of it. Documents and JSON stand between backquotes.
 *
 * @param others documents of blocks that are marked {@code yaml other}
 */
record Example(String title, String document, List<String> others, String outcome) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml( other)?\\n(.*?)^```\\n(.*?)(?=^```|^#|\\z)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static List<Example> of(String markdown) {
        List<Example> examples = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(markdown).results().toList()) {
            if (block.group(1) != null) {
                others.add(block.group(2));
            } else {
                String title = titleAt(markdown, block.start()) + " (" + (examples.size() + 1) + ")";
                examples.add(new Example(title, block.group(2), others, block.group(3)));
                others = new ArrayList<>();
            }
        }
        return examples;
    }

    Example {
        others = List.copyOf(others);
    }

    private static String titleAt(String markdown, int position) {
        String title = "";
        Matcher headings = HEADING.matcher(markdown).region(0, position);
        while (headings.find()) {
            title = headings.group(1);
        }
        return title;
    }

    /** The document with a head, which examples leave out. */
    String whole(int number) {
        return withHead(document, "example-" + number);
    }

    static String withHead(String document, String name) {
        return document.startsWith("document:")
                ? document
                : "document: { dsl: '1.0.3', namespace: docs, name: " + name + ", version: '1.0.0' }\n" + document;
    }

    /** What stands at the groups of each place where the pattern is. */
    List<MatchResult> find(String pattern) {
        return Pattern.compile(pattern)
                .matcher(outcome.replace('\n', ' '))
                .results()
                .toList();
    }
}
