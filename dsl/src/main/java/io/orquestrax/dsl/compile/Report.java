package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.Problem.Severity;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.source.Location;
import io.orquestrax.dsl.source.SourceDocument;
import io.orquestrax.dsl.source.SourceProblem;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what is wrong with a document. */
final class Report {
    private static final int MAX_PROBLEMS = 1000;
    private static final Set<String> UNREAD = Stream.of(
                    ProblemCode.UNKNOWN_TASK_KIND,
                    ProblemCode.AMBIGUOUS_TASK_KIND,
                    ProblemCode.ONE_TASK_PER_ITEM,
                    ProblemCode.NOT_SUPPORTED_YET)
            .map(ProblemCode::text)
            .collect(Collectors.toUnmodifiableSet());
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final SourceDocument document;
    private final Set<Problem> problems = new LinkedHashSet<>();
    /** Where the text has something that became nothing, which is told already. */
    private final Set<String> unreadable = new HashSet<>();

    private final Set<String> insides = new HashSet<>();
    private final Set<String> taskNames = new HashSet<>();

    Report(SourceDocument document) {
        this.document = document;
    }

    void add(SourceProblem problem) {
        if (problem.code() == ProblemCode.NOT_JSON) {
            unreadable.add(problem.pointer());
        }
        add(problem.code(), problem.message(), problem.pointer(), problem.location(), Severity.ERROR);
    }

    void errorAtValue(String pointer, ProblemCode code, String message) {
        if (isOfUnreadable(pointer, code)) {
            return;
        }
        add(code, message, pointer, document.value(pointer), Severity.ERROR);
    }

    private boolean isOfUnreadable(String pointer, ProblemCode code) {
        boolean isAbout = code == ProblemCode.WRONG_TYPE || code == ProblemCode.INVALID_VALUE;
        return isAbout && unreadable.contains(pointer)
                || code == ProblemCode.INVALID_VALUE
                        && unreadable.stream().anyMatch(each -> each.startsWith(pointer + "/"));
    }

    void errorAtKey(String pointer, ProblemCode code, String message) {
        add(code, message, pointer, document.key(pointer), Severity.ERROR);
    }

    /**
     * Told once, though what is referred to by name can be read from several places that see different variables.
     *
     * @param offset of the character in the string at the pointer
     */
    void errorInside(String pointer, int offset, ProblemCode code, String message) {
        if (insides.add(code + " " + offset + " " + pointer)) {
            add(code, message, pointer, document.inside(pointer, offset), Severity.ERROR);
        }
    }

    void warningAtKey(String pointer, ProblemCode code, String message) {
        add(code, message, pointer, document.key(pointer), Severity.WARNING);
    }

    void warningAtValue(String pointer, ProblemCode code, String message) {
        add(code, message, pointer, document.value(pointer), Severity.WARNING);
    }

    /**
     * Takes over what is wrong with something that the document refers to, and tells it where it does.
     *
     * @param prefix of the pointers there, which is left out
     */
    void adopt(Report other, Part reference, String what, String prefix) {
        Location here = document.value(reference.pointer());
        for (Problem each : other.problems()) {
            String inner =
                    each.pointer().startsWith(prefix) ? each.pointer().substring(prefix.length()) : each.pointer();
            problems.add(new Problem(
                    each.code(),
                    "In " + what + (inner.isEmpty() ? "" : " at " + inner) + ": " + each.message(),
                    reference.pointer(),
                    here.line(),
                    here.column(),
                    each.severity()));
        }
    }

    /** Whether a task was not read, because it could not be told what it is: it may use what nothing else uses. */
    boolean hasUnreadTasks() {
        return problems.stream()
                .anyMatch(each -> UNREAD.contains(each.code()) && each.pointer().startsWith("/do/"));
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    }

    boolean hasErrorsIn(String pointer) {
        return problems.stream()
                .anyMatch(each ->
                        each.severity() == Severity.ERROR && each.pointer().startsWith(pointer + "/"));
    }

    /** The names of all tasks, wherever they stand, and perhaps of a few other things. */
    Set<String> taskNames() {
        if (taskNames.isEmpty()) {
            collectNames(document.root());
        }
        return taskNames;
    }

    private void collectNames(JsonNode node) {
        for (JsonNode inner : node) {
            if (node.isArray() && inner.isObject() && inner.size() == 1) {
                inner.fieldNames().forEachRemaining(taskNames::add);
            }
            collectNames(inner);
        }
    }

    /** In the order of the text. */
    List<Problem> problems() {
        return problems.stream().sorted(BY_PLACE).toList();
    }

    private void add(ProblemCode code, String message, String pointer, Location location, Severity severity) {
        if (problems.size() < MAX_PROBLEMS || severity == Severity.ERROR && !hasErrors()) {
            problems.add(new Problem(code.text(), message, pointer, location.line(), location.column(), severity));
        }
    }
}
