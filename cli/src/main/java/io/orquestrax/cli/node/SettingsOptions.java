package io.orquestrax.cli.node;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a node's settings come from. */
public final class SettingsOptions {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "A file of lines \"name = value\". The environment (ORQUESTRAX_…) wins over it, options win"
                    + " over both.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting; may be repeated. All of them: orquestrax settings.")
    private Map<String, String> flags = new LinkedHashMap<>();

    /**
     * @param named what options with a name of their own say, by setting
     */
    public Settings load(Terminal terminal, Map<String, String> named) {
        Map<String, String> all = new LinkedHashMap<>(flags);
        all.putAll(named);
        try {
            return Settings.load(file, terminal.environment(), all);
        } catch (InvalidSettingException invalid) {
            throw CommandFailure.usage(String.valueOf(invalid.getMessage()));
        }
    }
}
