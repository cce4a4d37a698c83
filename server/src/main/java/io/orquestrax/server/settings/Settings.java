package io.orquestrax.server.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every setting of a node, checked. A flag wins over the environment, and the environment over the file. */
public final class Settings {
    /** What the names of settings begin with in the environment. */
    public static final String ENVIRONMENT_PREFIX = "ORQUESTRAX_";

    /** Names of secrets begin so; they are values of workflows and not settings. */
    private static final String SECRET_PREFIX = "ORQUESTRAX_SECRET_";

    /** Read by the launcher and by the command's clients, not by a node. */
    private static final Set<String> FOREIGN_VARIABLES = Set.of(
            "ORQUESTRAX_JAVA_HOME",
            "ORQUESTRAX_JAVA_OPTIONS",
            "ORQUESTRAX_HOME",
            "ORQUESTRAX_URL",
            "ORQUESTRAX_SERVER",
            "ORQUESTRAX_CONFIG");

    private final Map<Setting<?>, Entry> entries;

    private record Entry(Object value, String source) {}

    private Settings(Map<Setting<?>, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** What holds where nothing is set. */
    public static Settings defaults() {
        return load(null, Map.of(), Map.of());
    }

    /**
     * @param file lines {@code name = value}; absent for none
     * @param environment only {@code ORQUESTRAX_…} is looked at: {@code ORQUESTRAX_PAYLOAD_MAX_BYTES}
     * @param flags by name of the setting
     * @throws InvalidSettingException for an unknown name, a wrong value, or a file that cannot be read
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        Map<Setting<?>, Entry> entries = new HashMap<>();
        for (Setting<?> setting : SettingCatalog.all()) {
            entries.put(setting, entry(setting, setting.defaultText(), "the default"));
        }
        if (file != null) {
            readFile(file).forEach((name, text) -> put(entries, name, text, file.toString()));
        }
        putEnvironment(entries, environment);
        flags.forEach((name, text) -> put(entries, name, text, "--" + name));
        return new Settings(entries);
    }

    /** These settings with one more flag. */
    public <T> Settings with(Setting<T> setting, String text) {
        Map<Setting<?>, Entry> changed = new HashMap<>(entries);
        changed.put(setting, entry(setting, text, "--" + setting.name()));
        return new Settings(changed);
    }

    @SuppressWarnings("unchecked") // An entry's value was read by the kind of its own setting.
    public <T> T get(Setting<T> setting) {
        Entry entry = entries.get(setting);
        if (entry == null) {
            throw new IllegalArgumentException("Expected a setting of the catalog, but got " + setting.name());
        }
        return (T) entry.value();
    }

    /** Where the value comes from: the default, a file's path, a variable or a flag. */
    public String source(Setting<?> setting) {
        Entry entry = entries.get(setting);
        return entry == null ? "" : entry.source();
    }

    public int port() {
        return get(SettingCatalog.PORT);
    }

    public String bindAddress() {
        return get(SettingCatalog.BIND_ADDRESS);
    }

    /** Empty for a server of the node's own. */
    public Optional<String> postgresUrl() {
        return Optional.of(get(SettingCatalog.POSTGRES_URL)).filter(url -> !url.isBlank());
    }

    public String postgresUser() {
        return get(SettingCatalog.POSTGRES_USER);
    }

    public String postgresPassword() {
        return get(SettingCatalog.POSTGRES_PASSWORD);
    }

    public int postgresPoolSize() {
        return get(SettingCatalog.POSTGRES_POOL_SIZE);
    }

    public Path dataDirectory() {
        return get(SettingCatalog.DATA_DIRECTORY);
    }

    public int partitions() {
        return get(SettingCatalog.PARTITIONS);
    }

    public long payloadMaxBytes() {
        return get(SettingCatalog.PAYLOAD_MAX_BYTES);
    }

    public long bodyMaxBytes() {
        return get(SettingCatalog.BODY_MAX_BYTES);
    }

    public Duration drainLimit() {
        return get(SettingCatalog.DRAIN_LIMIT);
    }

    public Duration workerGrace() {
        return get(SettingCatalog.WORKER_GRACE);
    }

    public Duration workerUnclaimedGrace() {
        return get(SettingCatalog.WORKER_UNCLAIMED_GRACE);
    }

    public Duration leaseMax() {
        return get(SettingCatalog.LEASE_MAX);
    }

    public LogFormat logFormat() {
        return get(SettingCatalog.LOG_FORMAT);
    }

    public LogLevel logLevel() {
        return get(SettingCatalog.LOG_LEVEL);
    }

    private static void putEnvironment(Map<Setting<?>, Entry> entries, Map<String, String> environment) {
        Map<String, Setting<?>> byVariable = new HashMap<>();
        SettingCatalog.all().forEach(setting -> byVariable.put(setting.environmentName(), setting));
        new TreeMap<>(environment).forEach((variable, text) -> {
            boolean isForeign = FOREIGN_VARIABLES.contains(variable) || variable.startsWith(SECRET_PREFIX);
            if (!variable.startsWith(ENVIRONMENT_PREFIX) || isForeign) {
                return;
            }
            Setting<?> setting = byVariable.get(variable);
            if (setting == null) {
                throw new InvalidSettingException(
                        "Expected the name of a setting, but the environment holds " + variable + ", which is none.");
            }
            entries.put(setting, entry(setting, text, variable));
        });
    }

    private static void put(Map<Setting<?>, Entry> entries, String name, String text, String source) {
        Setting<?> setting = SettingCatalog.find(name)
                .orElseThrow(() -> new InvalidSettingException(
                        "Expected the name of a setting, but \"" + name + "\" (" + source + ") is none."));
        entries.put(setting, entry(setting, text, source));
    }

    private static Entry entry(Setting<?> setting, String text, String source) {
        Object value = setting.kind().reader().apply(text).orElse(null);
        if (value == null) {
            throw new InvalidSettingException("Expected " + setting.kind().expectation() + " for " + setting.name()
                    + " (" + source + "), but got " + (setting.isSecret() ? "another value" : "\"" + text + "\"")
                    + ".");
        }
        return new Entry(value, source);
    }

    private static Map<String, String> readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(Files.readString(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new InvalidSettingException(
                    "Expected a file of settings at " + file + ", but it cannot be read: " + unreadable.getMessage());
        }
        Map<String, String> lines = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            lines.put(name, properties.getProperty(name).strip());
        }
        return lines;
    }
}
