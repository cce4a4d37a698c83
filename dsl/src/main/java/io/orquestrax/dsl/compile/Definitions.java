package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a document defines under {@code use}, and which of it is referred to. */
final class Definitions {

    /** The parts of {@code use} whose members are referred to by name. */
    enum Section {
        AUTHENTICATIONS("authentications", "an authentication policy"),
        CATALOGS("catalogs", "a catalog"),
        ERRORS("errors", "an error"),
        FUNCTIONS("functions", "a function"),
        RETRIES("retries", "a retry policy"),
        SECRETS("secrets", "a secret"),
        TIMEOUTS("timeouts", "a timeout");

        private final String property;
        private final String what;

        Section(String property, String what) {
            this.property = property;
            this.what = what;
        }
    }

    private final Map<Section, Map<String, Part>> defined = new EnumMap<>(Section.class);
    private final Set<Part> used = new HashSet<>();
    private final Optional<Part> extensions;

    private Definitions(Optional<Part> extensions) {
        this.extensions = extensions;
        for (Section section : Section.values()) {
            defined.put(section, new LinkedHashMap<>());
        }
    }

    static Definitions read(Optional<Part> use) {
        if (use.isEmpty()) {
            return new Definitions(Optional.empty());
        }
        Fields fields = use.get().fields("an object with definitions to refer to");
        Definitions definitions = new Definitions(fields.optional("extensions"));
        for (Section section : Section.values()) {
            fields.optional(section.property).ifPresent(each -> definitions.define(section, each));
        }
        fields.finish();
        return definitions;
    }

    private void define(Section section, Part part) {
        Map<String, Part> members = members(section);
        if (section != Section.SECRETS) {
            part.fields("an object with " + section.property + " by name")
                    .names()
                    .forEach(name -> members.put(name, part.member(name)));
            return;
        }
        for (Part item : part.items("a list of the names of secrets")) {
            Optional<String> name = item.text("a text with the name of a secret");
            if (name.isPresent() && members.putIfAbsent(name.get(), item) != null) {
                item.invalid("Expected each secret once, but \"" + Part.shortened(name.get()) + "\" stands here again");
            }
        }
    }

    private Map<String, Part> members(Section section) {
        return Objects.requireNonNull(defined.get(section));
    }

    /** The list of extensions, in which nothing is referred to. */
    Optional<Part> extensions() {
        return extensions;
    }

    boolean has(Section section, String name) {
        return members(section).containsKey(name);
    }

    Collection<String> names(Section section) {
        return members(section).keySet();
    }

    /** What the text at the reference names; empty where there is no such thing, which is recorded. */
    Optional<Part> find(Section section, Part reference) {
        Optional<String> name = reference.text("the name of " + section.what + " of \"use." + section.property + "\"");
        if (name.isPresent() && !has(section, name.get())) {
            reference
                    .report()
                    .errorAtValue(reference.pointer(), ProblemCode.UNKNOWN_REFERENCE, unknown(section, name.get()));
        }
        return name.flatMap(each -> use(section, each));
    }

    /** What has the name; from now on it counts as used. */
    Optional<Part> use(Section section, String name) {
        Optional<Part> found = Optional.ofNullable(members(section).get(name));
        found.ifPresent(used::add);
        return found;
    }

    /** What the message suggests counts as used, for it is what was meant. */
    String unknown(Section section, String name) {
        Collection<String> known = names(section);
        NearMiss.of(name, known).ifPresent(each -> use(section, each));
        return "Expected the name of " + section.what + " of \"use." + section.property + "\""
                + (known.isEmpty() ? ", which has none" : ", one of " + Part.shortened(String.join(", ", known)))
                + ", but found \"" + Part.shortened(name) + "\"" + NearMiss.hint(name, known);
    }

    /** What nothing refers to. */
    List<Part> unused(Section section) {
        return members(section).values().stream()
                .filter(each -> !used.contains(each))
                .toList();
    }

    void warnOfUnused() {
        for (Section section : Section.values()) {
            unused(section)
                    .forEach(part -> part.report()
                            .warningAtKey(
                                    part.pointer(),
                                    ProblemCode.UNUSED_DEFINITION,
                                    "Expected a use of " + section.what
                                            + " that is defined, but nothing refers to it"));
        }
    }
}
