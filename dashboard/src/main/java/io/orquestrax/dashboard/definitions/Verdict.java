package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.Problem;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;

/** What a page says of a document that was checked, or was to be deployed. */
public final class Verdict {
    private Verdict() {}

    public static Notice ofCheck(List<Problem> problems) {
        long errors = errors(problems);
        if (errors > 0) {
            return problem(ShortText.count(errors, "mistake"), "Nothing was deployed. A place takes you to its line.");
        }
        return new Notice(
                Notice.Kind.INFORMATION,
                problems.isEmpty() ? "It is valid" : "It is valid, with " + ShortText.count(problems.size(), "warning"),
                "Nothing was deployed by checking it.",
                null);
    }

    public static Notice ofRefusal(ServiceException refused) {
        long errors = errors(refused.violations());
        return errors == 0
                ? problem("It was not deployed", refused.detail())
                : problem(
                        "Not deployed: " + ShortText.count(errors, "mistake"),
                        "Nothing has changed. Put " + (errors == 1 ? "it" : "them") + " right and deploy again.");
    }

    public static Notice problem(String title, String text) {
        return new Notice(Notice.Kind.PROBLEM, title, text, null);
    }

    private static long errors(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }
}
