package io.orquestrax.cli.testing;

import io.orquestrax.examples.pipeline.PipelineHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.math3.ml.distance.DistanceMeasure;

/** A folder as a distribution has it: the examples' documents, and the jars of their handlers. */
public final class TestingHome {
    private TestingHome() {}

    public static Path make(Path home) throws IOException {
        Path source =
                Path.of("..", "examples", "data-pipeline").toAbsolutePath().normalize();
        Path example = Files.createDirectories(home.resolve("examples/data-pipeline"));
        for (String file : new String[] {"workflow.yaml", "iris.csv"}) {
            Files.copy(source.resolve(file), example.resolve(file));
        }
        Path jars = Files.createDirectories(home.resolve("bench/target/distribution/examples/data-pipeline"));
        TestingJar.copyOf(PipelineHandlers.class, jars);
        TestingJar.copyOf(CSVFormat.class, jars);
        TestingJar.copyOf(DistanceMeasure.class, jars);
        return home;
    }
}
