package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dsl.Problem;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page where a definition is checked and deployed.
 *
 * @param source as the reader gave it
 * @param problems that were found in it, in its order
 * @param notice what became of it; null before anything was asked
 */
public record DeployPage(
        String source, List<ProblemLine> problems, @Nullable Notice notice) {

    public DeployPage {
        problems = List.copyOf(problems);
    }

    /**
     * A mistake with the line that it stands in.
     *
     * @param before the line up to the place, empty where the place is unknown
     * @param after the line from there
     */
    public record ProblemLine(Problem problem, String before, String after) {
        private static final int LONGEST = 160;

        static ProblemLine of(Problem problem, List<String> lines) {
            String line = problem.line() >= 1 && problem.line() <= lines.size() ? lines.get(problem.line() - 1) : "";
            if (line.length() > LONGEST) {
                line = line.substring(0, LONGEST) + "…";
            }
            int column = Math.clamp(problem.column() - 1L, 0, line.length());
            return new ProblemLine(problem, line.substring(0, column), line.substring(column));
        }

        public boolean isError() {
            return problem.severity() == Problem.Severity.ERROR;
        }
    }

    public static DeployPage empty() {
        return new DeployPage("", List.of(), null);
    }

    public static DeployPage of(String source, List<Problem> problems, @Nullable Notice notice) {
        List<String> lines = source.lines().toList();
        return new DeployPage(
                source,
                problems.stream()
                        .sorted(Comparator.comparing(Problem::severity)
                                .thenComparingInt(Problem::line)
                                .thenComparingInt(Problem::column))
                        .map(problem -> ProblemLine.of(problem, lines))
                        .toList(),
                notice);
    }

    public long errors() {
        return problems.stream().filter(ProblemLine::isError).count();
    }
}
