package io.orquestrax.dsl.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.SourceDocument.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Reads one document in YAML 1.2, of which JSON is a part. */
public final class DocumentReader {
    /** Longest text, in UTF-16 units. */
    public static final int MAX_LENGTH = 2 * 1024 * 1024;
    /** Deepest nesting. */
    public static final int MAX_DEPTH = 100;
    /** Most values, those that aliases repeat included. */
    public static final int MAX_VALUES = 100_000;
    /** Long keys above many values would make the pointers fill the memory. */
    private static final long MAX_POINTER_LENGTHS = 20_000_000;

    private final Map<String, Place> places = new HashMap<>();
    private final List<SourceProblem> problems = new ArrayList<>();
    private int values;
    private long pointerLengths;

    private DocumentReader() {}

    /** Never throws for what a text can hold. */
    public static SourceReading read(String source) {
        if (source.length() > MAX_LENGTH) {
            String message = "Expected at most " + MAX_LENGTH + " characters, but the document has " + source.length();
            return new SourceReading(
                    null, List.of(new SourceProblem(ProblemCode.TOO_LARGE, message, "", Location.START)));
        }
        DocumentReader reader = new DocumentReader();
        try {
            YamlNode node = YamlComposer.compose(source, MAX_LENGTH);
            JsonNode root = reader.convert(node, "", YamlComposer.location(node.start()));
            SourceDocument document = new SourceDocument(source.codePoints().toArray(), root, reader.places);
            return new SourceReading(document, reader.problems);
        } catch (UnreadableSource unreadable) {
            return new SourceReading(null, List.of(unreadable.problem()));
        }
    }

    private JsonNode convert(YamlNode node, String pointer, @Nullable Location key) {
        Location start = YamlComposer.location(node.start());
        values++;
        pointerLengths += pointer.length();
        if (values > MAX_VALUES || pointerLengths > MAX_POINTER_LENGTHS) {
            throw new UnreadableSource(
                    ProblemCode.TOO_LARGE,
                    "Expected at most " + MAX_VALUES
                            + " values with short names, repetitions by aliases included, but found more",
                    start);
        }
        if (pointer.chars().filter(each -> each == '/').count() > MAX_DEPTH) {
            throw new UnreadableSource(
                    ProblemCode.TOO_DEEP,
                    "Expected at most " + MAX_DEPTH + " levels of nesting, but aliases made more",
                    start);
        }
        Scalar scalar = node instanceof YamlNode.Text text ? text.scalar() : null;
        places.put(pointer, new Place(key == null ? start : key, start, scalar));
        return switch (node) {
            case YamlNode.Text text -> scalar(text, pointer);
            case YamlNode.Items items -> array(items, pointer);
            case YamlNode.Members members -> object(members, pointer);
        };
    }

    private JsonNode scalar(YamlNode.Text text, String pointer) {
        String tag = text.tag();
        Optional<JsonNode> value;
        if (tag != null) {
            value = CoreScalars.tagged(text.text(), tag);
        } else if (text.scalar().style() == ScalarStyle.PLAIN) {
            value = CoreScalars.plain(text.text());
        } else {
            value = Optional.of(Json.NODES.textNode(text.text()));
        }
        if (value.isEmpty()) {
            problem(ProblemCode.NOT_JSON, unusable(text.text(), tag), pointer, text);
        }
        return value.orElseGet(Json.NODES::nullNode);
    }

    private static String unusable(String text, @Nullable String tag) {
        if (tag == null && CoreScalars.isNumber(text)) {
            return "Expected a number of at most " + CoreScalars.MAX_DIGITS + " digits, and an exponent of at most "
                    + CoreScalars.MAX_EXPONENT + ", but found " + shortened(text)
                    + "; put it in quotes if it is a text";
        }
        return "Expected a value that JSON has too, but found " + shortened(tag == null ? text : tag + " " + text);
    }

    private JsonNode array(YamlNode.Items items, String pointer) {
        refuseTag(items.tag(), "tag:yaml.org,2002:seq", pointer, items);
        ArrayNode array = Json.NODES.arrayNode();
        for (YamlNode item : items.items()) {
            array.add(convert(item, Pointers.item(pointer, array.size()), null));
        }
        return array;
    }

    private JsonNode object(YamlNode.Members members, String pointer) {
        refuseTag(members.tag(), "tag:yaml.org,2002:map", pointer, members);
        ObjectNode object = Json.NODES.objectNode();
        List<YamlNode.Member> merged = new ArrayList<>();
        for (YamlNode.Member member : members.members()) {
            if (!(member.key() instanceof YamlNode.Text key)) {
                problem(
                        ProblemCode.NOT_JSON,
                        "Expected a text as the key, but found a list or an object",
                        pointer,
                        member.key());
                continue;
            }
            if (isMergeKey(key)) {
                problem(
                        ProblemCode.NOT_JSON,
                        "Expected the members themselves, but found the merge key <<, which YAML 1.2 does not have",
                        pointer,
                        key);
                merged.add(member);
                continue;
            }
            String inner = Pointers.member(pointer, key.text());
            if (object.has(key.text())) {
                problem(
                        ProblemCode.DUPLICATE_KEY,
                        "Expected each key once, but \"" + shortened(key.text()) + "\" stands here again",
                        inner,
                        key);
            }
            object.set(key.text(), convert(member.value(), inner, YamlComposer.location(key.start())));
        }
        merged.forEach(each -> merge(each, object, pointer));
        return object;
    }

    private static boolean isMergeKey(YamlNode.Text key) {
        return key.text().equals("<<") && key.tag() == null && key.scalar().style() == ScalarStyle.PLAIN;
    }

    /** So that nothing is told as missing which the author meant to be there. */
    private void merge(YamlNode.Member merge, ObjectNode object, String pointer) {
        if (!(merge.value() instanceof YamlNode.Members members)) {
            return;
        }
        for (YamlNode.Member member : members.members()) {
            if (member.key() instanceof YamlNode.Text key && !object.has(key.text())) {
                Location place = YamlComposer.location(merge.key().start());
                object.set(key.text(), convert(member.value(), Pointers.member(pointer, key.text()), place));
            }
        }
    }

    private void refuseTag(@Nullable String tag, String allowed, String pointer, YamlNode node) {
        if (tag != null && !tag.equals(allowed) && !tag.equals("!")) {
            problem(
                    ProblemCode.NOT_JSON,
                    "Expected no tag that JSON has no value for, but found " + tag,
                    pointer,
                    node);
        }
    }

    private void problem(ProblemCode code, String message, String pointer, YamlNode node) {
        problems.add(new SourceProblem(code, message, pointer, YamlComposer.location(node.start())));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
