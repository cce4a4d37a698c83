package io.orquestrax.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.node.SettingsOptions;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.settings.Setting;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists every setting of a node as a node that is started here would see it. */
@Command(
        name = "settings",
        header = "List every setting of a node, its value here, and where that comes from.",
        description = "Needs no server: shows what `orquestrax server` would use when it is started in this"
                + " environment with the same options.",
        footer = {
            "  orquestrax settings",
            "  orquestrax settings --settings node.properties --set port=9090",
            "  orquestrax settings --output json | jq 'select(.source != \"the default\")'"
        })
public final class SettingsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SettingsOptions options;

    @Mixin
    private OutputOptions output;

    public SettingsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(terminal, Map.of());
        Table table = new Table("NAME", "VALUE", "FROM", "VARIABLE", "");
        for (Setting<?> setting : SettingCatalog.all()) {
            if (output.json()) {
                OutputOptions.printJson(terminal, document(settings, setting));
            } else {
                table.add(
                        setting.name(),
                        value(settings, setting),
                        settings.source(setting),
                        setting.environmentName(),
                        setting.description());
            }
        }
        if (!output.json()) {
            table.print(terminal);
        }
        return ExitCode.OK;
    }

    private static ObjectNode document(Settings settings, Setting<?> setting) {
        ObjectNode document = Json.NODES.objectNode();
        document.put("name", setting.name());
        document.put("value", value(settings, setting));
        document.put("source", settings.source(setting));
        document.put("default", setting.defaultText());
        document.put("kind", setting.kind().name());
        document.put("variable", setting.environmentName());
        document.put("description", setting.description());
        return document;
    }

    private static String value(Settings settings, Setting<?> setting) {
        String text = String.valueOf(settings.get(setting));
        return setting.isSecret() && !text.isEmpty() ? "(set)" : text;
    }
}
