package io.orquestrax.server.connector.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Secrets in environment variables: {@code payment-api} is {@code ORQUESTRAX_SECRET_PAYMENT_API}. */
public record EnvironmentSecrets(Map<String, String> environment) implements SecretProvider {
    public static final String PREFIX = "ORQUESTRAX_SECRET_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    @Override
    public Optional<JsonNode> find(String name) {
        return NAME.matcher(name).matches()
                ? Optional.ofNullable(environment.get(variable(name))).map(SecretText::read)
                : Optional.empty();
    }

    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "EnvironmentSecrets";
    }
}
