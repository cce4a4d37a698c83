package io.orquestrax.conformance;

import io.orquestrax.conformance.Runtime.Mode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** The scenarios of a directory, each in each mode. */
final class Suite implements AutoCloseable {
    /** Names of feature files and of modes, with commas between them; all where it is not set. */
    private static final String ONLY = System.getProperty("conformance.only", "");

    private final StepBook steps = StepBook.all();
    private final Map<Mode, Runtime> runtimes = new EnumMap<>(Mode.class);

    Stream<DynamicNode> tests(Path directory) {
        List<Mode> modes = selected(List.of(Mode.values()), Mode::name);
        List<Path> files = selected(Features.in(directory), file -> String.valueOf(file.getFileName()));
        return modes.stream()
                .map(mode -> DynamicContainer.dynamicContainer(
                        mode.name(), files.stream().map(file -> feature(mode, file))));
    }

    /** Those that the property names; all where it names none of them. */
    private static <T> List<T> selected(List<T> all, Function<T, String> name) {
        List<String> names = List.of(ONLY.split(","));
        List<T> named =
                all.stream().filter(each -> names.contains(name.apply(each))).toList();
        return named.isEmpty() ? all : named;
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
