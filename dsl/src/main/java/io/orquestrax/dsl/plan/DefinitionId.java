package io.orquestrax.dsl.plan;

/** What a definition is called; the names are RFC 1035 labels, the version is semantic (semver 2.0). */
public record DefinitionId(String namespace, String name, String version) {

    @Override
    public String toString() {
        return namespace + "/" + name + "/" + version;
    }
}
