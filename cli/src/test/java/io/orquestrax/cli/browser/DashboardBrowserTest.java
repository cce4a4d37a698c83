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
    void functionIsDeployedCalledAndRetiredWithoutAReload() {
        // given a list that is looked at
        Page list = browser.open("/functions");
        assertThat(list.locator("#functions .empty-title")).hasText("No function yet");
        mark(list);

        // when one is deployed elsewhere, at first with a mistake
        Page writer = browser.open("/functions/new");
        writer.getByLabel("Name").fill("greet");
        writer.getByLabel("Version").fill("1.0.0");
        Locator source = writer.locator("#document");
        source.fill("do:\n- a: { sett: 1 }\n");
        button(writer, "Deploy").click();
        assertThat(writer.locator("#problems")).containsText("Not deployed: 1 mistake");
        writer.locator("#problems a").click();
        assertThat(source).isFocused();
        assertThat(browser.takeComplaints())
                .as("of the refusal only")
                .isNotEmpty()
                .allSatisfy(complaint -> assertThat(complaint).contains("status of 422"));
        source.fill("input: { schema: { document: { required: [name] } } }\nset: { text: hello }\n");
        button(writer, "Deploy").click();
        writer.waitForURL("**/functions/greet/1.0.0");

        // then
        assertThat(list.locator("#function-greet .version")).hasText("1.0.0");
        assertThat(writer.locator("#example")).containsText("call: greet:1.0.0@default");
        assertThat(writer.locator("#example")).containsText("name:");
        writer.getByLabel("More actions").press("Enter");
        button(writer, "Retire…").press("Enter");
        assertThat(writer.locator("#retiring")).containsText("No definition calls it.");
        button(writer, "Retire the version").click();
        assertThat(writer.locator("#head .mark")).hasText("retired");
        assertThat(list.locator("#function-greet .version.is-retired")).hasCount(1);
        assertThat(isMarked(list)).as("the list was never loaded again").isTrue();
    }

    @Test
    void webhookIsMadeTriedAndCountsWhatComes() {
        // given a list that is looked at
        Page list = browser.open("/webhooks");
        mark(list);
        Page page = browser.open("/webhooks");
        makeWebhook(page, "orders", "none");
        assertThat(list.locator("#webhook-orders .mark")).hasText("enabled");

        // when a request is tried, nothing is counted
        page.getByLabel("Body").fill("{\"order\": 4711}");
        button(page, "Try it").click();
        assertThat(page.locator("#tried")).containsText("It would be taken");
        assertThat(page.locator("#tried-event")).containsText("4711");
        assertThat(list.locator("#webhook-orders .cell-accepted")).hasText("0");

        // then one that is sent is, where it is looked at
        assertThat(
                        page.evaluate(
                                "fetch('/api/v1/hooks/orders', { method: 'POST', body: '{}' }).then((answer) => answer.status)"))
                .isEqualTo(202);
        assertThat(list.locator("#webhook-orders .cell-accepted")).hasText("1");
        assertThat(page.locator("#received")).containsText("now");
        assertThat(isMarked(list)).as("the list was never loaded again").isTrue();

        page.getByLabel("More actions").click();
        button(page, "Disable").click();
        assertThat(page.locator("#head .mark")).hasText("disabled");
        assertThat(list.locator("#webhook-orders .mark")).hasText("disabled");
        page.getByLabel("More actions").click();
        button(page, "Delete…").click();
        button(page, "Delete the webhook").click();
        page.waitForURL("**/webhooks");
        assertThat(list.locator("#webhook-orders")).hasCount(0);
    }

    @Test
    void everyPageFitsAPhone() {
        Page page = browser.open("/instances");
        String id = startTestWorkflow(page);
        assertThat(page.locator("#strip .mark-completed")).hasCount(3);
        makeWebhook(page, "phone", "none");
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        List<String> paths = List.of(
                "/instances",
                "/instances?key=nothing",
                "/instances/" + id,
                "/definitions",
                DEFINITION,
                "/definitions/new",
                "/functions",
                "/functions/new",
                "/webhooks",
                "/webhooks/-/new",
                "/webhooks/phone",
                "/schedules",
                "/events",
                "/cluster",
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

    /** Whose page is open then. */
    private static void makeWebhook(Page page, String name, String scheme) {
        var _ = page.navigate("/webhooks/-/new");
        page.locator("input[name=name]").fill(name);
        var _ = page.locator("select").selectOption(scheme);
        button(page, "Make it").click();
        page.waitForURL("**/webhooks/" + name);
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
