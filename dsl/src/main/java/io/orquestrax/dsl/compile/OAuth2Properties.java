package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the properties of the schemes oauth2 and oidc (DSL reference, OAuth2 Authentication). */
final class OAuth2Properties {
    private static final List<String> GRANTS = List.of(
            "authorization_code",
            "client_credentials",
            "password",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:token-exchange");
    private static final List<String> CLIENT_AUTHENTICATIONS =
            List.of("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none");
    private static final List<String> ENCODINGS = List.of("application/x-www-form-urlencoded", "application/json");

    private final Authentications authentications;
    private final VisibleNames names;

    private OAuth2Properties(Authentications authentications, VisibleNames names) {
        this.authentications = authentications;
        this.names = names;
    }

    static void read(
            String scheme,
            Fields fields,
            Map<String, Template> members,
            Authentications authentications,
            VisibleNames names) {
        OAuth2Properties reader = new OAuth2Properties(authentications, names);
        reader.uri(fields.required("authority", "the URI of who gives tokens"), "authority", members);
        Authentications.word(fields.required("grant", "how to get a token"), "grant", GRANTS, members);
        reader.object(fields, "client", members, reader::client);
        reader.object(
                fields,
                "request",
                members,
                (request, into) -> Authentications.word(request.optional("encoding"), "encoding", ENCODINGS, into));
        if (scheme.equals("oauth2")) {
            reader.object(
                    fields,
                    "endpoints",
                    members,
                    (endpoints, into) -> List.of("token", "revocation", "introspection")
                            .forEach(name -> reader.uri(endpoints.optional(name), name, into)));
        }
        List.of("issuers", "scopes", "audiences")
                .forEach(name -> fields.optional(name).ifPresent(each -> reader.texts(each, name, members)));
        List.of("username", "password")
                .forEach(name -> authentications.text(fields.optional(name), name, members, names));
        List.of("subject", "actor").forEach(name -> reader.object(fields, name, members, reader::token));
    }

    private void client(Fields client, Map<String, Template> members) {
        List.of("id", "secret", "assertion")
                .forEach(name -> authentications.text(client.optional(name), name, members, names));
        Authentications.word(client.optional("authentication"), "authentication", CLIENT_AUTHENTICATIONS, members);
    }

    private void token(Fields token, Map<String, Template> members) {
        authentications.text(token.required("token", "itself"), "token", members, names);
        authentications.text(token.required("type", "of the token"), "type", members, names);
    }

    private void object(
            Fields owner,
            String name,
            Map<String, Template> members,
            BiConsumer<Fields, Map<String, Template>> reader) {
        Optional<Part> part = owner.optional(name);
        if (part.isPresent()) {
            Fields fields = part.get().fields("an object");
            Map<String, Template> inner = new LinkedHashMap<>();
            reader.accept(fields, inner);
            fields.finish();
            members.put(name, Template.object(inner));
        }
    }

    private void texts(Part part, String name, Map<String, Template> members) {
        part.items("a list of texts").forEach(each -> each.text("a text"));
        members.put(name, authentications.expressions().value(part, names, authentications.moment()));
    }

    private void uri(Optional<Part> part, String name, Map<String, Template> members) {
        Optional<String> text = part.flatMap(each -> each.text("a text with a URI"));
        if (part.isPresent() && text.isPresent()) {
            members.put(
                    name,
                    ExpressionSyntax.isWrapped(text.get())
                            ? authentications.expressions().value(part.get(), names, authentications.moment())
                            : Endpoints.literal(part.get(), text.get()));
        }
    }
}
