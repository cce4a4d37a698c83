package io.orquestrax.cli;

import io.orquestrax.cli.cluster.ClusterCommand;
import io.orquestrax.cli.cluster.SettingsCommand;
import io.orquestrax.cli.cluster.WorkersCommand;
import io.orquestrax.cli.command.CommandContribution;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.UntilSignal;
import io.orquestrax.cli.definition.DefinitionsCommand;
import io.orquestrax.cli.definition.DeployCommand;
import io.orquestrax.cli.definition.ValidateCommand;
import io.orquestrax.cli.dev.DevCommand;
import io.orquestrax.cli.event.EventsCommand;
import io.orquestrax.cli.event.PublishCommand;
import io.orquestrax.cli.function.FunctionsCommand;
import io.orquestrax.cli.instance.ActionCommands;
import io.orquestrax.cli.instance.HistoryCommand;
import io.orquestrax.cli.instance.ListCommand;
import io.orquestrax.cli.instance.ShowCommand;
import io.orquestrax.cli.instance.StartCommand;
import io.orquestrax.cli.instance.WatchCommand;
import io.orquestrax.cli.node.ServerCommand;
import io.orquestrax.cli.schedule.SchedulesCommand;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.cli.webhook.WebhooksCommand;
import io.orquestrax.cli.worker.WorkerCommand;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** The {@code orquestrax} command. */
@Command(
        name = "orquestrax",
        header = "Durable workflow orchestration on PostgreSQL.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  orquestrax dev                              everything on this machine, with a dashboard",
            "  orquestrax validate order.yaml              say what is wrong with a definition",
            "  orquestrax deploy order.yaml                give it to the server",
            "  orquestrax start shop/order --wait          run it and see each step",
            "  orquestrax list --status faulted            what went wrong",
            "",
            "orquestrax COMMAND --help shows a command's options and examples."
        })
public final class Orquestrax {

    private Orquestrax() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int exitCode = run(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exitCode);
    }

    /** Runs one command and returns its exit code. */
    public static int run(Terminal terminal, String... arguments) {
        CommandLine line = commandLine(terminal);
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new Orquestrax());
        add(line, new DevCommand(terminal));
        add(line, new ServerCommand(terminal));
        add(line, new WorkerCommand(terminal));
        add(line, new ValidateCommand(terminal));
        add(line, new DeployCommand(terminal));
        add(line, new DefinitionsCommand(terminal));
        add(line, new StartCommand(terminal));
        add(line, new ListCommand(terminal));
        add(line, new ShowCommand(terminal));
        add(line, new HistoryCommand(terminal));
        add(line, new WatchCommand(terminal));
        ActionCommands.all(terminal).forEach(command -> add(line, command));
        add(line, new PublishCommand(terminal));
        CommandLine events = add(line, new EventsCommand(terminal));
        EventsCommand.subcommands(terminal).forEach(command -> add(events, command));
        CommandLine webhooks = add(line, new WebhooksCommand(terminal));
        WebhooksCommand.subcommands(terminal).forEach(command -> add(webhooks, command));
        CommandLine functions = add(line, new FunctionsCommand(terminal));
        FunctionsCommand.subcommands(terminal).forEach(command -> add(functions, command));
        CommandLine schedules = add(line, new SchedulesCommand(terminal));
        SchedulesCommand.subcommands(terminal).forEach(command -> add(schedules, command));
        add(line, new WorkersCommand(terminal));
        CommandLine cluster = add(line, new ClusterCommand(terminal));
        ClusterCommand.subcommands(terminal).forEach(command -> add(cluster, command));
        add(line, new SettingsCommand(terminal));
        for (CommandContribution contribution : ServiceLoader.load(CommandContribution.class)) {
            add(line, contribution.command(terminal));
        }
        add(line, new CompletionCommand(terminal));
        shape(line, terminal);
        return line;
    }

    private static CommandLine add(CommandLine line, Object command) {
        CommandLine subcommand = new CommandLine(command);
        line.addSubcommand(subcommand.getCommandName(), subcommand);
        return subcommand;
    }

    private static void shape(CommandLine line, Terminal terminal) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
        line.getCommandSpec().versionProvider(() -> new String[] {"orquestrax " + Version.text()});
        shapeHelpOfSubcommands(line);
        line.setOut(new java.io.PrintWriter(terminal.out(), true));
        line.setErr(new java.io.PrintWriter(terminal.err(), true));
        line.setColorScheme(new ColorScheme.Builder(terminal.outStyle().colours() ? Ansi.ON : Ansi.OFF)
                .commands(CommandLine.Help.Ansi.Style.bold)
                .options(CommandLine.Help.Ansi.Style.bold)
                .build());
        line.setUsageHelpWidth(Math.clamp(terminal.width(), 80, 120));
        line.setUsageHelpAutoWidth(false);
        // An @ stands before the name of an input file; arguments are not read from files.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(new UsageReport(terminal));
        line.setExecutionExceptionHandler(new FailureReport(terminal, UntilSignal::isClosing));
    }

    private static void shapeHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build())
                .usageMessage()
                .footerHeading("%nExamples:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings())
                .abbreviateSynopsis(true);
        shapeHelpOfSubcommands(command);
    }

    /** Once for each, though it stands there under each of its names. */
    private static void shapeHelpOfSubcommands(CommandLine command) {
        command.getSubcommands().values().stream().distinct().forEach(Orquestrax::shapeHelp);
    }
}
