package io.orquestrax.dsl.source;

import io.orquestrax.dsl.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Puts the events of the YAML parser together. */
final class YamlComposer {
    private static final String IN_QUOTES = "while scanning a quoted scalar";

    private final String source;
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    /** Where the last text in quotes begins that goes over more than a line; and the line in which it ends. */
    private @Nullable Mark quoted;

    private int quotedUpTo;

    private YamlComposer(String source, int codePointLimit) {
        this.source = source;
        LoadSettings settings = LoadSettings.builder()
                .setLabel("document")
                .setCodePointLimit(codePointLimit)
                .setUseMarks(true)
                .build();
        this.events = new Parse(settings).parseString(source).iterator();
    }

    /**
     * The one document of the text.
     *
     * @throws UnreadableSource if it is not one YAML document
     */
    static YamlNode compose(String source, int codePointLimit) {
        try {
            return new YamlComposer(source, codePointLimit).read();
        } catch (UnreadableSource known) {
            throw known;
        } catch (RuntimeException malformed) {
            // The parser answers some malformed escapes and characters with exceptions of other kinds.
            throw new UnreadableSource(
                    ProblemCode.SYNTAX, "Expected YAML or JSON, but " + malformed.getMessage(), Location.START);
        }
    }

    private YamlNode read() {
        try {
            return document();
        } catch (MarkedYamlEngineException malformed) {
            throw syntaxError(malformed);
        }
    }

    private YamlNode document() {
        Optional<YamlNode> first = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (!(event instanceof DocumentStartEvent)) {
                continue;
            }
            if (first.isPresent()) {
                throw new UnreadableSource(
                        ProblemCode.MULTIPLE_DOCUMENTS, "Expected one document, but found a second one", at(event));
            }
            first = Optional.of(node(events.next(), 0));
        }
        return first.orElseThrow(() -> new UnreadableSource(
                ProblemCode.EMPTY_DOCUMENT, "Expected a workflow, but the document is empty", Location.START));
    }

    private YamlNode node(Event event, int depth) {
        if (depth > DocumentReader.MAX_DEPTH) {
            throw new UnreadableSource(
                    ProblemCode.TOO_DEEP,
                    "Expected at most " + DocumentReader.MAX_DEPTH + " levels of nesting, but found more",
                    at(event));
        }
        return switch (event) {
            case AliasEvent alias -> aliased(alias);
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), text(scalar));
            case SequenceStartEvent start -> anchored(start.getAnchor(), items(start, depth));
            case MappingStartEvent start -> anchored(start.getAnchor(), members(start, depth));
            default -> throw new UnreadableSource(ProblemCode.SYNTAX, "Expected a value, but found none", at(event));
        };
    }

    private YamlNode anchored(Optional<Anchor> anchor, YamlNode node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    /** An anchor is known only after its node is complete, so that no tree can hold itself. */
    private YamlNode aliased(AliasEvent alias) {
        YamlNode node = anchors.get(alias.getAlias());
        if (node == null) {
            throw new UnreadableSource(
                    ProblemCode.NOT_JSON,
                    "Expected an anchor that is complete before its alias *"
                            + alias.getAlias().getValue() + ", but there is none",
                    at(alias));
        }
        return node;
    }

    private YamlNode text(ScalarEvent event) {
        Mark start = event.getStartMark().orElseThrow();
        int end = event.getEndMark().map(Mark::getIndex).orElse(start.getIndex());
        int lastLine = event.getEndMark().map(Mark::getLine).orElse(start.getLine());
        boolean isQuoted = event.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                || event.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        if (isQuoted && lastLine > start.getLine()) {
            quoted = start;
            quotedUpTo = lastLine;
        }
        Scalar scalar = new Scalar(event.getScalarStyle(), start.getIndex(), end);
        return new YamlNode.Text(event.getValue(), event.getTag().orElse(null), scalar, start);
    }

    private YamlNode items(SequenceStartEvent start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new YamlNode.Items(
                items, start.getTag().orElse(null), start.getStartMark().orElseThrow());
    }

    private YamlNode members(MappingStartEvent start, int depth) {
        List<YamlNode.Member> members = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            YamlNode key = node(event, depth + 1);
            members.add(new YamlNode.Member(key, node(events.next(), depth + 1)));
        }
        return new YamlNode.Members(
                members, start.getTag().orElse(null), start.getStartMark().orElseThrow());
    }

    private UnreadableSource syntaxError(MarkedYamlEngineException malformed) {
        Optional<Mark> problem = malformed.getProblemMark();
        Location location = problem.or(malformed::getContextMark)
                .map(YamlComposer::location)
                .orElse(Location.START);
        String context = malformed.getContext() == null ? "" : malformed.getContext();
        if (context.equals(IN_QUOTES)) {
            return unclosedQuote(malformed, location);
        }
        String reason = reason(malformed);
        String message = reason.startsWith("expected ")
                ? "Expected " + reason.substring("expected ".length())
                : "Expected YAML or JSON, but " + reason;
        return new UnreadableSource(
                ProblemCode.SYNTAX,
                message
                        + (context.isEmpty() ? "" : " (" + context + ")")
                        + problem.map(mark -> hint(mark, context)).orElse(""),
                location);
    }

    /** Of the advice that the parser gives itself, only that on tabs makes sense. */
    private static String reason(MarkedYamlEngineException malformed) {
        String reason = malformed.getProblem().lines().findFirst().orElse("").strip();
        int advice = reason.indexOf(" (Do not use ");
        return advice < 0 || reason.contains("TAB") ? reason : reason.substring(0, advice);
    }

    private String hint(Mark problem, String context) {
        String line = source.lines().skip(problem.getLine()).findFirst().orElse("");
        int column = Math.min(problem.getColumn(), line.codePointCount(0, line.length()));
        String rest = line.substring(line.offsetByCodePoints(0, column));
        // Inside of braces the parser stumbles over the one that opens the expression.
        if (isInExpression(line, line.length() - rest.length() + 1)) {
            return "; put the whole text from ${ on in quotes";
        }
        if (context.equals("while scanning an alias") || context.equals("while scanning an anchor")) {
            return "; put a text that begins with * or & in quotes";
        }
        if (!rest.isEmpty() && "@`%".indexOf(rest.charAt(0)) >= 0) {
            return "; put a text that begins with " + rest.charAt(0) + " in quotes";
        }
        return unclosedBefore(problem);
    }

    /** Whether an expression began on the line that is not in quotes: its braces and colons are taken for YAML's. */
    private static boolean isInExpression(String line, int end) {
        String read = line.substring(0, Math.min(end, line.length()));
        int start = read.lastIndexOf("${");
        return start >= 0
                && read.substring(0, start)
                                        .chars()
                                        .filter(each -> each == '"' || each == '\'')
                                        .count()
                                % 2
                        == 0;
    }

    private static UnreadableSource unclosedQuote(MarkedYamlEngineException malformed, Location end) {
        Location start = malformed.getContextMark().map(YamlComposer::location).orElse(end);
        return new UnreadableSource(
                ProblemCode.SYNTAX,
                "Expected a quote that closes the text which begins here, but found none up to line " + end.line(),
                start);
    }

    /** Without its closing quote, a text ends where the next text would begin. */
    private String unclosedBefore(Mark problem) {
        Mark start = quoted;
        return start == null || quotedUpTo != problem.getLine()
                ? ""
                : "; is the quote closed that opens in line " + (start.getLine() + 1) + ", column "
                        + (start.getColumn() + 1) + "?";
    }

    private static Location at(Event event) {
        return event.getStartMark().map(YamlComposer::location).orElse(Location.START);
    }

    static Location location(Mark mark) {
        return new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
