package io.orquestrax.dsl;

import io.orquestrax.dsl.compile.PlanCompiler;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceProblem;
import io.orquestrax.dsl.source.SourceReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Reads a workflow document, in YAML or JSON, and compiles it; safe for use by many threads. */
public final class DocumentCompiler {
    private final PlanCompiler plans = new PlanCompiler(new ExpressionCompiler());

    /** Without a look at what stands outside of the document. */
    public Compilation compile(String source) {
        return compile(source, ExternalResources.NOWHERE);
    }

    /**
     * Never throws for what an author can write.
     *
     * @param source YAML 1.2 or JSON, one document
     * @param resources that the document may refer to
     * @return a plan unless a problem is an error; the problems in the order of the text
     */
    public Compilation compile(String source, ExternalResources resources) {
        SourceReading reading = DocumentReader.read(source);
        return reading.document()
                .map(document -> plans.compile(document, reading.problems(), contentHash(source), resources))
                .orElseGet(() -> new Compilation(
                        null,
                        reading.problems().stream()
                                .map(DocumentCompiler::unreadable)
                                .toList()));
    }

    /**
     * What is wrong with a function of a catalog, which is a task by itself. What it refers to by name is that of the
     * workflows that call it, and is not judged.
     *
     * @param source YAML 1.2 or JSON, one document
     */
    public List<Problem> problemsOfFunction(String source) {
        SourceReading reading = DocumentReader.read(source);
        return reading.document()
                .map(document -> plans.problemsOfFunction(document, reading.problems()))
                .orElseGet(() -> reading.problems().stream()
                        .map(DocumentCompiler::unreadable)
                        .toList());
    }

    /** SHA-256 of the text in UTF-8, in lower-case hexadecimal digits. */
    public static String contentHash(String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Problem unreadable(SourceProblem problem) {
        return new Problem(
                problem.code().text(),
                problem.message(),
                problem.pointer(),
                problem.location().line(),
                problem.location().column(),
                Problem.Severity.ERROR);
    }
}
