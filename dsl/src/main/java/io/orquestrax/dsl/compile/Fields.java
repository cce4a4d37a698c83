package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of an object; remembers which of them were asked for, so that the others can be refused. */
final class Fields {
    private final Part part;
    private final ObjectNode object;
    private final boolean readable;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    Fields(Part part, ObjectNode object, boolean readable) {
        this.part = part;
        this.object = object;
        this.readable = readable;
    }

    Part part() {
        return part;
    }

    /** Whether there was an object at all. */
    boolean isReadable() {
        return readable;
    }

    boolean isEmpty() {
        return object.isEmpty();
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** In the document's order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Optional<Part> optional(String name) {
        known.add(name);
        return object.has(name) ? Optional.of(part.member(name)) : Optional.empty();
    }

    /** Empty where it is missing, which {@link #finish} records. */
    Optional<Part> required(String name, String expected) {
        Optional<Part> member = optional(name);
        if (member.isEmpty() && readable) {
            missing.put(name, expected);
        }
        return member;
    }

    /** The first of these names that is there: spellings of one property. */
    Optional<Part> optionalOf(String name, String otherSpelling) {
        Optional<Part> member = optional(name);
        Optional<Part> other = optional(otherSpelling);
        if (member.isPresent() && other.isPresent()) {
            other.get()
                    .report()
                    .errorAtKey(
                            other.get().pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected either \"" + name + "\" or \"" + otherSpelling + "\", but found both");
        }
        return member.isPresent() ? member : other;
    }

    /** Names that are no mistake here, though nothing reads them. */
    void allow(String... names) {
        known.addAll(List.of(names));
    }

    /** Names that authors put here, though they belong into the object of that name. */
    void belongUnder(String property, String... names) {
        for (String name : names) {
            places.put(name, "under \"" + property + "\"");
        }
    }

    /** Names that authors put here, though they belong to where that property stands. */
    void belongBeside(String property, String... names) {
        for (String name : names) {
            places.put(name, "beside \"" + property + "\"");
        }
    }

    /** Records each of these members, if it is there, as part of the DSL that is not supported yet. */
    void notSupportedYet(String... names) {
        for (String name : names) {
            optional(name).ifPresent(member -> member.notSupportedYet("\"" + name + "\""));
        }
    }

    /** To be called after everything was asked for: records what is missing or unknown; true where nothing is unknown. */
    boolean finish() {
        List<String> unknown =
                names().stream().filter(each -> !known.contains(each)).toList();
        reportMissing(unknown);
        for (String name : unknown) {
            Part member = part.member(name);
            member.report()
                    .errorAtKey(
                            member.pointer(),
                            ProblemCode.UNKNOWN_PROPERTY,
                            "Expected " + listed(known) + ", but found \"" + Part.shortened(name) + "\""
                                    + (places.containsKey(name)
                                            ? ", which belongs " + places.get(name)
                                            : NearMiss.hint(name, absent())));
        }
        return unknown.isEmpty();
    }

    /** For objects whose other members may have any name; {@link #finish} does it for the others. */
    void reportMissing(List<String> unknown) {
        missing.forEach((name, expected) -> {
            if (unknown.stream().noneMatch(each -> isMeantFor(each, name))) {
                part.report()
                        .errorAtKey(
                                part.pointer(),
                                ProblemCode.MISSING_PROPERTY,
                                "Expected the property \"" + name + "\", " + expected + ", but there is none");
            }
        });
        missing.clear();
    }

    /** Then the unknown property is the mistake, and is told with what was meant. */
    private boolean isMeantFor(String unknown, String name) {
        String place = places.get(unknown);
        return place == null
                ? !NearMiss.hint(unknown, List.of(name)).isEmpty()
                : place.startsWith("under \"" + name + "\"") || place.startsWith("under \"" + name + ".");
    }

    private List<String> absent() {
        return known.stream().filter(each -> !object.has(each)).toList();
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "no property" : "one of " + String.join(", ", names);
    }
}
