package io.orquestrax.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.rest.Pages;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** How much of a list of the server, of which server, and how it is told. */
public final class ListOptions {
    @Mixin
    private PageOptions paging;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public RestApi connect(Terminal terminal) {
        return server.connect(terminal);
    }

    public boolean json() {
        return output.json();
    }

    /**
     * Prints the list: a table for people, a document a line for programs.
     *
     * @param member where the items stand in the answer
     * @param route makes the list's address anew for each page
     * @param table without a row
     * @param cells of an item's row
     * @param nothing what people read where there is no item
     */
    public int print(
            Terminal terminal,
            String member,
            Supplier<Route> route,
            Table table,
            Function<JsonNode, List<String>> cells,
            String nothing) {
        boolean more = Pages.each(connect(terminal), route, member, paging.limit(), item -> {
            if (output.json()) {
                OutputOptions.printJson(terminal, item);
            } else {
                table.add(cells.apply(item).toArray(String[]::new));
            }
        });
        if (output.json()) {
            return ExitCode.OK;
        }
        if (table.isEmpty()) {
            terminal.out().println(nothing);
        } else {
            table.print(terminal);
        }
        if (more) {
            terminal.err().println("There are more: --limit N or --all shows them.");
        }
        return ExitCode.OK;
    }
}
