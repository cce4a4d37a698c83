package io.orquestrax.conformance;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.orquestrax.conformance.Scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads feature files; scenario outlines become one scenario for each example. */
final class Features {
    private Features() {}

    /** The feature files below the directory, in the order of their names. */
    static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected feature files in " + directory, e);
        }
    }

    static List<Scenario> scenarios(Path file) {
        try {
            List<Envelope> envelopes =
                    GherkinParser.builder().build().parse(file).toList();
            List<ParseError> errors = envelopes.stream()
                    .flatMap(each -> each.getParseError().stream())
                    .toList();
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException("Expected a feature in " + file + ", but " + errors);
            }
            GherkinDocument document = envelopes.stream()
                    .flatMap(each -> each.getGherkinDocument().stream())
                    .findFirst()
                    .orElseThrow();
            Map<String, Integer> lines = lines(document);
            return envelopes.stream()
                    .flatMap(each -> each.getPickle().stream())
                    .map(pickle -> scenario(file, pickle, lines))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to read " + file, e);
        }
    }

    private static Scenario scenario(Path file, Pickle pickle, Map<String, Integer> lines) {
        List<Step> steps = new ArrayList<>();
        for (PickleStep step : pickle.getSteps()) {
            String argument = step.getArgument()
                    .flatMap(each -> each.getDocString())
                    .map(each -> each.getContent())
                    .orElse("");
            int line = step.getAstNodeIds().stream()
                    .map(lines::get)
                    .filter(each -> each != null)
                    .findFirst()
                    .orElse(0);
            steps.add(new Step(step.getText(), argument, line));
        }
        return new Scenario(file.getFileName().toString(), pickle.getName(), steps);
    }

    private static Map<String, Integer> lines(GherkinDocument document) {
        Map<String, Integer> lines = new HashMap<>();
        document.getFeature()
                .orElseThrow()
                .getChildren()
                .forEach(child -> child.getScenario()
                        .ifPresent(scenario -> scenario.getSteps()
                                .forEach(step -> lines.put(
                                        step.getId(), step.getLocation().getLine()))));
        return lines;
    }
}
