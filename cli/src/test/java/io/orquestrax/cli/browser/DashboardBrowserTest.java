package io.orquestrax.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.orquestrax.cli.testing.TestingDev;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does in the dashboard of {@code orquestrax dev}, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardBrowserTest {
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final Pattern INSTANCE = Pattern.compile(".*/instances/[0-9a-f]{8}-[0-9a-f-]{27}$");
    private static final String DEFINITION = "/definitions/examples/data-pipeline/1.0.0";

    private Path chromium;
    private TestingDev dev;
    private TestingBrowser browser;

    @BeforeAll
    void startDev(@TempDir Path directory) {
        chromium = TestingBrowser.chromium();
        dev = TestingDev.start(directory);
    }

    @AfterAll
    void endDev() {
        if (dev != null) {
            dev.close();
        }
    }

    @BeforeEach
    void startBrowser() {
        browser = TestingBrowser.start(chromium, dev.address());
    }

    @AfterEach
    void endBrowser() {
        dev.resumeWorker();
        List<String> complaints = browser.takeComplaints();
        browser.close();
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    @Test
    void stepsOfTheTestWorkflowCompleteWithoutAReload() {
        // given an instance whose first step cannot end
        dev.pauseWorker();
        Page page = browser.open("/instances");
        startTestWorkflow(page);
        assertThat(page.locator("#strip .node-name")).hasText(new String[] {"ingest", "process", "archive"});
        assertThat(page.locator("#strip .mark-completed")).hasCount(0);
        mark(page);

        // when
        dev.resumeWorker();

        // then
        assertThat(page.locator("#strip .mark-completed")).hasCount(3);
        assertThat(page.locator("#steps .mark-completed")).hasCount(3);
        assertThat(page.locator("#head .mark")).hasText("completed");
        Locator completed =
                page.locator("#history .event").filter(new Locator.FilterOptions().setHasText("Instance completed"));
        completed.locator("summary").click();
        assertThat(completed.locator(".code")).containsText("sha256");
        assertThat(isMarked(page)).as("the page was never loaded again").isTrue();
    }

    @Test
    void typoInTheInputIsToldAtItsField() {
        Page page = browser.open("/definitions");
        link(page, "data-pipeline").click();
        Locator input = page.locator("textarea[name=input]");

        input.fill("{\"file\": \"examples/data-pipeline/iris.csv\",}");
        button(page, "Start").click();

        assertThat(page.locator("#input-error")).containsText("line 1");
        assertThat(input).hasAttribute("aria-invalid", "true");
        assertThat(input).hasValue("{\"file\": \"examples/data-pipeline/iris.csv\",}");
        assertThat(browser.takeComplaints())
                .as("of the refusal only")
                .isNotEmpty()
                .allSatisfy(complaint -> assertThat(complaint).contains("status of 400"));
        input.fill("{\"file\": \"examples/data-pipeline/iris.csv\"}");
        button(page, "Start").click();
        page.waitForURL(INSTANCE);
        assertThat(page.locator("#head .mark")).hasText("completed");
    }

    @Test
    void openListCountsWhatIsNewAndChangesRowsInPlace() {
        // given a list with an open instance
        dev.pauseWorker();
        Page writer = browser.open("/instances");
        String first = startTestWorkflow(writer);
        Page list = browser.open("/instances");
        Locator row = list.locator("#row-" + first);
        assertThat(row.locator(".mark")).not().hasText("completed");
        int rows = list.locator("tbody tr").count();
        mark(list);

        // when another is started elsewhere, and both go on
        var _ = writer.navigate("/instances");
        String second = startTestWorkflow(writer);
        assertThat(list.locator("#fresh")).hasText("1 new");
        dev.resumeWorker();

        // then
        assertThat(row.locator(".mark")).hasText("completed");
        assertThat(list.locator("tbody tr")).hasCount(rows);
        assertThat(isMarked(list)).as("the list was never loaded again").isTrue();
        list.locator("#fresh a").click();
        assertThat(list.locator("tbody tr").first()).hasId("row-" + second);
        assertThat(list.locator("#row-" + second + " .mark")).hasText("completed");
    }

    @Test
    void everyPageFitsAPhone() {
        Page page = browser.open("/instances");
        String id = startTestWorkflow(page);
        assertThat(page.locator("#strip .mark-completed")).hasCount(3);
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        List<String> paths = List.of(
                "/instances",
                "/instances?key=nothing",
                "/instances/" + id,
                "/definitions",
                DEFINITION,
                "/definitions/new",
                "/workers");

        for (String path : paths) {
            var _ = page.navigate(path);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("width of " + path)
                    .isEqualTo(PHONE_WIDTH);
        }
    }

    @Test
    void keysReachTheContentAndTheFilter() {
        Page page = browser.open("/instances");

        page.keyboard().press("Tab");
        Locator skip = link(page, "Skip to content");
        assertThat(skip).isFocused();
        assertThat(skip).isInViewport();
        page.keyboard().press("Enter");
        assertThat(page.locator("#content")).isFocused();
        page.keyboard().press("/");
        Locator filter = page.getByLabel("Key or id");
        assertThat(filter).isFocused();
        assertThat(filter).hasValue("");
    }

    /** The id of the new instance, whose page is open now. */
    private static String startTestWorkflow(Page page) {
        button(page, "New test workflow").click();
        page.waitForURL(INSTANCE);
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    /** A page that is loaded again has lost it. */
    private static void mark(Page page) {
        var _ = page.evaluate("window.isStillTheSame = true");
    }

    private static boolean isMarked(Page page) {
        return Boolean.TRUE.equals(page.evaluate("window.isStillTheSame === true"));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
