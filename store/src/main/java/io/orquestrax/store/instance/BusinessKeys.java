package io.orquestrax.store.instance;

import io.orquestrax.store.Database;
import java.util.UUID;

/** The keys of open instances: at most one open instance of a definition's (namespace, name) holds a key. */
public final class BusinessKeys {

    public BusinessKeys(Database database) {}

    /**
     * Who holds the key now.
     *
     * @param instance the one given, or another that held the key before
     * @param sameRequest whether it was reserved with the same fingerprint
     * @param isNew whether this call reserved it
     */
    public record Holder(UUID instance, boolean sameRequest, boolean isNew) {}

    /**
     * Durable when it returns; released by the journal when the instance closes.
     *
     * @param fingerprint of the definition's version and the input
     */
    public Holder reserve(String namespace, String name, String key, UUID instance, String fingerprint) {
        throw new UnsupportedOperationException("to be built");
    }
}
