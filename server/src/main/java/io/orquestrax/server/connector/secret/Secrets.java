package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Several providers, asked in order; the first that has the secret wins. */
public record Secrets(List<SecretProvider> providers) implements SecretProvider {

    public Secrets {
        providers = List.copyOf(providers);
    }

    /**
     * The environment, the directory, then what jars on the class path provide.
     *
     * @param directory null for none
     */
    public static Secrets of(Map<String, String> environment, @Nullable Path directory) {
        List<SecretProvider> providers = new ArrayList<>();
        providers.add(new EnvironmentSecrets(environment));
        if (directory != null) {
            providers.add(new DirectorySecrets(directory));
        }
        ServiceLoader.load(SecretProvider.class).forEach(providers::add);
        return new Secrets(providers);
    }

    @Override
    public Optional<JsonNode> find(String name) {
        for (SecretProvider provider : providers) {
            Optional<JsonNode> value = provider.find(name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }
}
