package io.orquestrax.server.settings;

import java.util.Locale;

/**
 * One thing that an operator may decide.
 *
 * @param name lower case, with dots and hyphens: {@code payload.max-bytes}
 * @param defaultText what holds where nothing is set, written as a user would
 * @param description one sentence
 * @param isSecret whether its value is never shown
 */
public record Setting<T>(String name, SettingKind<T> kind, String defaultText, String description, boolean isSecret) {

    static <T> Setting<T> of(String name, SettingKind<T> kind, String defaultText, String description) {
        return new Setting<>(name, kind, defaultText, description, false);
    }

    static Setting<String> secret(String name, String description) {
        return new Setting<>(name, SettingKind.TEXT, "", description, true);
    }

    /** Its name in the environment: {@code ORQUESTRAX_PAYLOAD_MAX_BYTES}. */
    public String environmentName() {
        return Settings.ENVIRONMENT_PREFIX
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
