package io.orquestrax.dsl.source;

import io.orquestrax.dsl.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
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
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();

    private YamlComposer(String source, int codePointLimit) {
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
            return new YamlComposer(source, codePointLimit).document();
        } catch (MarkedYamlEngineException malformed) {
            throw syntaxError(malformed);
        } catch (UnreadableSource known) {
            throw known;
        } catch (RuntimeException malformed) {
            // The parser answers some malformed escapes and characters with exceptions of other kinds.
            throw new UnreadableSource(
                    ProblemCode.SYNTAX, "Expected YAML or JSON, but " + malformed.getMessage(), Location.START);
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

    private static YamlNode text(ScalarEvent event) {
        Mark start = event.getStartMark().orElseThrow();
        int end = event.getEndMark().map(Mark::getIndex).orElse(start.getIndex());
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

    private static UnreadableSource syntaxError(MarkedYamlEngineException malformed) {
        Location location = malformed
                .getProblemMark()
                .or(malformed::getContextMark)
                .map(YamlComposer::location)
                .orElse(Location.START);
        String context = malformed.getContext();
        String message = context == null ? malformed.getProblem() : malformed.getProblem() + " (" + context + ")";
        return new UnreadableSource(ProblemCode.SYNTAX, "Expected YAML or JSON, but " + message, location);
    }

    private static Location at(Event event) {
        return event.getStartMark().map(YamlComposer::location).orElse(Location.START);
    }

    static Location location(Mark mark) {
        return new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
