package io.orquestrax.cli.function;

import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at the functions of the default catalog; by itself it lists them. */
@Command(
        name = "functions",
        header = "Look at the functions that workflows call as name:version@default, deploy and retire them.",
        description = "Without a subcommand: lists every version, the highest first.",
        footer = {
            "  orquestrax functions",
            "  orquestrax functions deploy log.yaml --name log --version 1.0.0",
            "  orquestrax functions show log 1.0.0",
            "  orquestrax functions retire log 1.0.0"
        })
public final class FunctionsCommand extends FunctionListing {

    public FunctionsCommand(Terminal terminal) {
        super(terminal);
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(
                new Listing(terminal),
                new DeployFunctionCommand(terminal),
                new ShowFunctionCommand(terminal),
                new RetireFunctionCommand(terminal));
    }

    @Command(
            name = "list",
            header = "List the functions with their versions.",
            footer = {
                "  orquestrax functions list --limit 100",
                "  orquestrax functions list --all --output json | jq -r 'select(.retiredAt) | .name'"
            })
    private static final class Listing extends FunctionListing {
        Listing(Terminal terminal) {
            super(terminal);
        }
    }
}
