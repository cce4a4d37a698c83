package io.orquestrax.conformance;

import io.orquestrax.conformance.Runtime.Mode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** The scenarios of a directory, each in each mode. */
final class Suite implements AutoCloseable {
    private final StepBook steps = StepBook.all();
    private final Map<Mode, Runtime> runtimes = new EnumMap<>(Mode.class);

    Stream<DynamicNode> tests(Path directory) {
        return Stream.of(Mode.values())
                .map(mode -> DynamicContainer.dynamicContainer(
                        mode.name(), Features.in(directory).stream().map(file -> feature(mode, file))));
    }

    static List<Scenario> scenarios(Path directory) {
        return Features.in(directory).stream()
                .flatMap(file -> Features.scenarios(file).stream())
                .toList();
    }

    private DynamicNode feature(Mode mode, Path file) {
        return DynamicContainer.dynamicContainer(
                String.valueOf(file.getFileName()),
                Features.scenarios(file).stream()
                        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(mode, scenario))));
    }

    private void play(Mode mode, Scenario scenario) throws Exception {
        try (Play play = new Play(runtimes.computeIfAbsent(mode, Runtime::new))) {
            for (Scenario.Step step : scenario.steps()) {
                steps.perform(play, step);
            }
        }
    }

    @Override
    public void close() {
        runtimes.values().forEach(Runtime::close);
    }
}
