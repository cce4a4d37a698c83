package io.orquestrax.cli.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.terminal.Times;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Lists functions, under whichever name. */
abstract class FunctionListing implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ListOptions listing;

    FunctionListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        return listing.print(
                terminal,
                "functions",
                () -> Route.of("functions"),
                new Table("FUNCTION", "VERSION", "STATE", "DEPLOYED", "HASH"),
                this::cells,
                "There is no function yet:  orquestrax functions deploy FILE --name NAME --version 1.0.0");
    }

    private List<String> cells(JsonNode item) {
        return List.of(
                item.path("name").asText(),
                item.path("version").asText(),
                state(terminal, item),
                Times.ofMember(item, "deployedAt", terminal),
                item.path("contentHash").asText().replaceFirst("(?<=^.{12}).*", ""));
    }

    static String state(Terminal terminal, JsonNode function) {
        String tone = function.has("retiredAt") ? "cancelled" : "completed";
        return terminal.outStyle()
                .inStateColour(tone, Style.mark(tone) + (function.has("retiredAt") ? " retired" : " callable"));
    }
}
