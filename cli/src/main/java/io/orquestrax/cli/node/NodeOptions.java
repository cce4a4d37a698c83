package io.orquestrax.cli.node;

import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of a node that people change most, as options. */
public final class NodeOptions {

    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            description = "Port for the API and the dashboard; 0 takes a free one. Default: 8080.")
    private @Nullable String port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: 127.0.0.1, this machine only.")
    private @Nullable String bind;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of the PostgreSQL server that is started where --postgres is not given."
                    + " Default: .orquestrax in the working directory.")
    private @Nullable String data;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description = "A PostgreSQL database, release 15 or newer: postgresql://user:password@host/database.")
    private @Nullable String postgres;

    @Mixin
    private SettingsOptions settings;

    public Settings load(Terminal terminal) {
        Map<String, String> named = new LinkedHashMap<>();
        put(named, SettingCatalog.PORT.name(), port);
        put(named, SettingCatalog.BIND_ADDRESS.name(), bind);
        put(named, SettingCatalog.DATA_DIRECTORY.name(), data);
        put(named, SettingCatalog.POSTGRES_URL.name(), postgres);
        return settings.load(terminal, named);
    }

    private static void put(Map<String, String> named, String name, @Nullable String value) {
        if (value != null) {
            named.put(name, value);
        }
    }
}
