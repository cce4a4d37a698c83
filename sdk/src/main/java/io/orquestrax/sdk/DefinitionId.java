package io.orquestrax.sdk;

/** The identity of a deployed workflow document. */
public record DefinitionId(String namespace, String name, String version) {

    /** {@code namespace/name/version}. */
    @Override
    public String toString() {
        return namespace + "/" + name + "/" + version;
    }
}
