package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Where secrets come from. Asked only in the process that executes the job, once for each call that uses a secret.
 *
 * <p>A vault is connected by an implementation of this interface that is named in
 * {@code META-INF/services/io.orquestrax.server.connector.secret.SecretProvider} and has a public constructor without
 * parameters. It is asked after the environment and the directory.
 */
@FunctionalInterface
public interface SecretProvider {

    /**
     * May block. Thread-safe.
     *
     * @param name as a workflow names it
     * @return a text or an object; empty where this provider does not have it
     * @throws RuntimeException where it cannot be told; the message must not hold the value
     */
    Optional<JsonNode> find(String name);
}
