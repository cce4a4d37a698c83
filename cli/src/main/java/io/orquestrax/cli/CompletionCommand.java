package io.orquestrax.cli;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a script that completes commands and options. */
@Command(
        name = "completion",
        header = "Print a completion script for bash or zsh.",
        footer = {
            "  source <(orquestrax completion bash)                                   this shell only",
            "  orquestrax completion bash > ~/.local/share/bash-completion/completions/orquestrax",
            "  echo 'source <(orquestrax completion zsh)' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private String shell;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("orquestrax", spec.root().commandLine());
        switch (shell) {
            case "bash" -> terminal.out().print(script);
            // The generated script serves zsh too, once zsh understands bash's completion functions.
            case "zsh" -> terminal.out().print("autoload -U +X bashcompinit && bashcompinit\n" + script);
            default ->
                throw CommandFailure.usage(
                        "Expected bash or zsh, but the shell is \"" + shell + "\", for which there is no script yet.");
        }
        return ExitCode.OK;
    }
}
