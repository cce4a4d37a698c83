package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what is wrong with documents, without a server. */
@Command(
        name = "validate",
        header = "Say what is wrong with definitions, and where; needs no server.",
        footer = {
            "  orquestrax validate order.yaml",
            "  orquestrax validate workflows/*.yaml --output json",
            "  generate-workflow | orquestrax validate -",
            "",
            "Ends with 1 where a file has an error; warnings alone end with 0."
        })
public final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML or JSON; - reads standard input.")
    private List<String> files;

    @Mixin
    private OutputOptions output;

    public ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int errors = 0;
        for (String name : files) {
            SourceFile file = SourceFile.read(terminal, name);
            Compilation compilation = new DocumentCompiler().compile(file.text());
            List<Finding> findings =
                    compilation.problems().stream().map(Finding::of).toList();
            if (output.json()) {
                OutputOptions.printJson(terminal, document(file, findings));
            } else {
                tell(file, compilation, findings);
            }
            errors += findings.stream().anyMatch(finding -> !finding.warning()) ? 1 : 0;
        }
        return errors == 0 ? ExitCode.OK : ExitCode.WORKFLOW;
    }

    private void tell(SourceFile file, Compilation compilation, List<Finding> findings) {
        findings.forEach(finding -> finding.lines(file, terminal.outStyle()).forEach(terminal.out()::println));
        compilation
                .plan()
                .ifPresent(plan -> terminal.out()
                        .println(terminal.outStyle().green("✓") + " " + file.name() + ": "
                                + plan.id().namespace() + "/" + plan.id().name() + "/"
                                + plan.id().version() + " is valid"));
    }

    private static ObjectNode document(SourceFile file, List<Finding> findings) {
        ObjectNode document = Json.NODES.objectNode();
        document.put("file", file.name());
        document.put("valid", findings.stream().allMatch(Finding::warning));
        ArrayNode violations = document.putArray("violations");
        findings.forEach(finding -> violations.add(finding.asJson()));
        return document;
    }
}
