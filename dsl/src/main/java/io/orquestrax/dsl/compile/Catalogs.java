package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.Definitions.Section;
import io.orquestrax.dsl.json.Json;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells where functions of catalogs and at URLs are (DSL reference, Catalog). */
record Catalogs(Definitions definitions, Authentications authentications) {
    private static final Pattern CATALOGED =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*):([0-9]+\\.[0-9]+\\.[0-9]+[A-Za-z0-9.+-]*)@(.+)");
    /** Pages about files, for people; the files themselves are elsewhere. */
    private static final Pattern GITHUB =
            Pattern.compile("https?://github\\.com/([^/]+)/([^/]+)/(?:tree|blob|raw)/(.+?)/?");

    private static final Pattern GITLAB = Pattern.compile("(https?://[^/]*gitlab[^/]*/.+?)/-/(?:tree|blob)/(.+?)/?");

    static boolean isOutside(String name) {
        return name.contains("://") || name.contains("@");
    }

    /** Empty where it names no place, which is recorded. */
    Optional<FixedPlace> find(Part call, String name) {
        if (name.contains("://")) {
            Optional<URI> uri = FixedPlace.absolute(raw(name));
            if (uri.isEmpty()) {
                call.invalid("Expected the http or https URI of a function, but found " + call.found());
            }
            return uri.map(each -> open(call, each));
        }
        Matcher cataloged = CATALOGED.matcher(name);
        if (!cataloged.matches()) {
            call.invalid("Expected a function of a catalog, log:1.0.0@default for example, but found " + call.found());
            return Optional.empty();
        }
        String function = cataloged.group(1);
        String version = cataloged.group(2);
        String catalog = cataloged.group(3);
        if (catalog.equals(ExternalResources.DEFAULT_CATALOG)) {
            return Optional.of(open(call, ExternalResources.ofDefaultCatalog(function, version)));
        }
        return catalog(call, catalog)
                .map(root -> root.at(URI.create(raw(root.uri().toString()).replaceAll("/+$", "") + "/functions/"
                        + function + "/" + version + "/function.yaml")));
    }

    /** A place that everybody may look at. */
    private static FixedPlace open(Part call, URI uri) {
        return new FixedPlace(call, uri, Json.NODES.missingNode());
    }

    private Optional<FixedPlace> catalog(Part call, String name) {
        Optional<Part> found = definitions.use(Section.CATALOGS, name);
        if (found.isEmpty()) {
            call.report()
                    .errorAtValue(
                            call.pointer(), ProblemCode.UNKNOWN_REFERENCE, definitions.unknown(Section.CATALOGS, name));
        }
        return found.flatMap(this::root);
    }

    private Optional<FixedPlace> root(Part catalog) {
        Fields fields = catalog.fields("an object with endpoint");
        Optional<Part> endpoint = fields.required("endpoint", "where the catalog is");
        fields.finish();
        return endpoint.flatMap(each -> FixedPlace.read(each, "the catalog", authentications));
    }

    /** What nothing refers to is judged too, and the name that is ours is nobody's. */
    void check() {
        definitions.unused(Section.CATALOGS).forEach(this::root);
        definitions
                .use(Section.CATALOGS, ExternalResources.DEFAULT_CATALOG)
                .ifPresent(
                        each -> each.report()
                                .errorAtKey(
                                        each.pointer(),
                                        ProblemCode.INVALID_VALUE,
                                        "Expected another name than \"" + ExternalResources.DEFAULT_CATALOG
                                                + "\", which is the catalog of the functions that are deployed to the platform"));
    }

    static String raw(String uri) {
        Matcher github = GITHUB.matcher(uri);
        if (github.matches()) {
            return "https://raw.githubusercontent.com/" + github.group(1) + "/" + github.group(2) + "/"
                    + github.group(3);
        }
        Matcher gitlab = GITLAB.matcher(uri);
        return gitlab.matches() ? gitlab.group(1) + "/-/raw/" + gitlab.group(2) : uri;
    }
}
