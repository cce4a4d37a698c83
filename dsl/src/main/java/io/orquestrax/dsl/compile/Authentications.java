package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads authentication policies, and names of those of {@code use.authentications}. They become an object of one
 * member, named after the scheme, with the scheme's properties or {@code {"secret": NAME}} where a secret holds them.
 */
record Authentications(Expressions expressions, Definitions definitions, Moment moment) {
    private static final String EXPECTED = "an object with one of use, basic, bearer, digest, oauth2 and oidc";
    private static final List<String> SCHEMES = List.of("basic", "bearer", "digest", "oauth2", "oidc");

    Authentications(Expressions expressions, Definitions definitions) {
        this(expressions, definitions, Moment.CONNECTOR);
    }

    /** For what is looked up when the document is deployed, when nothing runs yet that has data. */
    Authentications ofDeployment() {
        return new Authentications(expressions, definitions, Moment.DEPLOYMENT);
    }

    /** Empty where it cannot be read, which is recorded. */
    Optional<Template> read(Part part, VisibleNames names) {
        Fields fields = part.fields(EXPECTED);
        Optional<Part> use = fields.optional("use");
        if (use.isEmpty()) {
            return policy(part, names);
        }
        fields.finish();
        return definitions.find(Section.AUTHENTICATIONS, use.get()).flatMap(each -> policy(each, names));
    }

    /** What nothing refers to is judged too. */
    void checkUnused() {
        definitions.unused(Section.AUTHENTICATIONS).forEach(each -> policy(each, VisibleNames.NONE));
    }

    private Optional<Template> policy(Part part, VisibleNames names) {
        Fields fields = part.fields(EXPECTED);
        fields.allow(SCHEMES.toArray(String[]::new));
        boolean isKnown = fields.finish();
        List<String> found = fields.names().stream().filter(SCHEMES::contains).toList();
        if (found.size() != 1) {
            if (fields.isReadable() && (isKnown || !found.isEmpty())) {
                part.invalid("Expected " + EXPECTED + ", but found "
                        + (found.isEmpty() ? "none of them" : String.join(" and ", found)));
            }
            return Optional.empty();
        }
        String scheme = found.getFirst();
        Part properties = part.member(scheme);
        return Optional.of(Template.object(Map.of(scheme, scheme(scheme, properties, names))));
    }

    private Template scheme(String scheme, Part part, VisibleNames names) {
        Fields fields = part.fields("an object with use, or the properties of the scheme \"" + scheme + "\"");
        Optional<Part> secret = fields.optional("use");
        Map<String, Template> members = new LinkedHashMap<>();
        if (secret.isPresent()) {
            definitions
                    .find(Section.SECRETS, secret.get())
                    .ifPresent(each -> members.put("secret", Template.constant(each.value())));
        } else {
            readProperties(scheme, fields, members, names);
        }
        fields.finish();
        return Template.object(members);
    }

    private void readProperties(String scheme, Fields fields, Map<String, Template> members, VisibleNames names) {
        switch (scheme) {
            case "basic", "digest" -> {
                text(fields.required("username", "who calls"), "username", members, names);
                text(fields.required("password", "of who calls"), "password", members, names);
            }
            case "bearer" -> text(fields.required("token", "to show"), "token", members, names);
            default -> OAuth2Properties.read(scheme, fields, members, this, names);
        }
    }

    void text(Optional<Part> part, String name, Map<String, Template> members, VisibleNames names) {
        part.filter(each -> each.text("a text").isPresent())
                .ifPresent(each -> members.put(name, expressions.value(each, names, moment)));
    }

    static void word(Optional<Part> part, String name, List<String> words, Map<String, Template> members) {
        part.flatMap(each -> each.word(words))
                .ifPresent(word -> members.put(name, Template.constant(Json.NODES.textNode(word))));
    }
}
