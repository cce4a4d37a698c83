package io.orquestrax.cli.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Chromium without a window and with a new profile, and what its pages complained of. */
final class TestingBrowser implements AutoCloseable {
    private static final double LIMIT_MILLIS = 30_000;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    private TestingBrowser(Playwright playwright, BrowserContext context) {
        this.playwright = playwright;
        this.context = context;
        context.setDefaultTimeout(LIMIT_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text() + " at " + message.location());
            }
        });
        context.onWebError(error -> complaints.add("uncaught: " + error.error()));
    }

    /**
     * @param baseUrl of the server; pages are opened by their path
     */
    static TestingBrowser start(Path chromium, String baseUrl) {
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setHeadless(true)
                            .setArgs(FLAGS));
            return new TestingBrowser(
                    playwright, browser.newContext(new Browser.NewContextOptions().setBaseURL(baseUrl)));
        } catch (RuntimeException failed) {
            playwright.close();
            throw failed;
        }
    }

    Page open(String path) {
        Page page = context.newPage();
        var _ = page.navigate(path);
        return page;
    }

    /** Errors and warnings of the console since the last time: broken scripts, refused by the policy, not found. */
    List<String> takeComplaints() {
        // An answer of a page comes after what it complained of before.
        context.pages().forEach(page -> page.evaluate("0"));
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    @Override
    public void close() {
        playwright.close();
    }

    /**
     * The executable.
     *
     * @throws AssertionError where there is none
     */
    static Path chromium() {
        List<Path> folders = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Expected Chromium on the PATH, as one of " + NAMES
                        + ", but there is none. Debian and Ubuntu: apt-get install chromium"));
    }
}
