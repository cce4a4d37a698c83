package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.DefinitionId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code document} says of the workflow. */
record DocumentHeader(DefinitionId id, String title, String summary) {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern SEMANTIC_VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");
    private static final int MAX_VERSION_LENGTH = 128;
    private static final DocumentHeader UNREADABLE = new DocumentHeader(new DefinitionId("", "", ""), "", "");

    static DocumentHeader read(Optional<Part> part) {
        return part.map(DocumentHeader::read).orElse(UNREADABLE);
    }

    private static DocumentHeader read(Part part) {
        Fields fields = part.fields("an object with dsl, namespace, name and version");
        fields.required("dsl", "the version of the DSL, 1.0.0 for example").ifPresent(DocumentHeader::checkDsl);
        String namespace = label(fields, "namespace", "which groups workflows");
        String name = label(fields, "name", "which tells the workflow from others");
        String version = fields.required("version", "of the workflow, 1.0.0 for example")
                .map(DocumentHeader::version)
                .orElse("");
        String title =
                fields.optional("title").flatMap(each -> each.text("a text")).orElse("");
        String summary =
                fields.optional("summary").flatMap(each -> each.text("a text")).orElse("");
        fields.optional("tags").ifPresent(each -> each.fields("an object"));
        fields.optional("metadata").ifPresent(each -> each.fields("an object"));
        fields.finish();
        return new DocumentHeader(new DefinitionId(namespace, name, version), title, summary);
    }

    private static void checkDsl(Part part) {
        Optional<String> text = part.text("a text with the version of the DSL, \"1.0.0\" for example");
        if (text.isEmpty()) {
            return;
        }
        Matcher matcher = semanticVersion(text.get());
        if (!matcher.matches()) {
            part.invalid("Expected the version of the DSL, 1.0.0 for example, but found " + part.found());
        } else if (!matcher.group(1).equals("1") || !matcher.group(2).equals("0")) {
            part.report()
                    .errorAtValue(
                            part.pointer(),
                            ProblemCode.UNSUPPORTED_DSL_VERSION,
                            "Expected version 1.0.x of the DSL, but found " + part.found());
        }
    }

    static String label(Fields fields, String name, String purpose) {
        Optional<Part> part = fields.required(name, purpose);
        Optional<String> text = part.flatMap(each -> each.text("a text of letters, digits and '-'"));
        if (part.isPresent() && text.isPresent() && !LABEL.matcher(text.get()).matches()) {
            part.get()
                    .invalid("Expected 1 to 63 letters, digits and '-', neither first nor last a '-', but found "
                            + part.get().found());
        }
        return text.orElse("");
    }

    static String version(Part part) {
        Optional<String> text = part.text("a text with a semantic version, \"1.0.0\" for example");
        if (text.isPresent() && !semanticVersion(text.get()).matches()) {
            part.invalid("Expected a semantic version, 1.0.0 for example, but found " + part.found());
        }
        return text.orElse("");
    }

    /** Longer texts are cut, which makes them match nothing: the pattern backtracks. */
    private static Matcher semanticVersion(String text) {
        return SEMANTIC_VERSION.matcher(text.length() > MAX_VERSION_LENGTH ? "" : text);
    }
}
