package io.orquestrax.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowDocumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"workflow.yaml", "../order/workflow.yaml", "../greeting/workflow.yaml"})
    void documentIsValid(String file) throws Exception {
        Compilation compilation = new DocumentCompiler().compile(Files.readString(Path.of(file)));

        assertThat(compilation.problems()).isEmpty();
        assertThat(compilation.plan()).isNotNull();
    }
}
