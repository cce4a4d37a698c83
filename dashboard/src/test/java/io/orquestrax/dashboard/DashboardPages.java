package io.orquestrax.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a real node on a real database, one for each class of tests, with two definitions. */
abstract class DashboardPages {
    static final String CALLING = definition("calling", "1.0.0", "title: Calls \"<nobody>\"", "call: nobody.home");
    static final String SETTING = definition("setting", "1.0.0", "", "set: { greeting: hello }");

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    static TestingDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = new TestingDashboard(directory);
        dashboard.deploy(CALLING);
        dashboard.deploy(SETTING);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    static String definition(String name, String version, String extra, String task) {
        return """
               document:
                 dsl: 1.0.0
                 namespace: tests
                 name: %s
                 version: %s
                 %s
               do:
                 - first:
                     %s
               """.formatted(name, version, extra.isEmpty() ? "summary: A test" : extra, task);
    }

    static String live(String page) {
        Matcher live = Pattern.compile("sse-connect=\"([^\"]+)\"").matcher(page);
        assertThat(live.find()).isTrue();
        return live.group(1).replace("&amp;", "&");
    }

    static InstanceRow closed(InstanceRow instance) {
        return dashboard
                .orchestration()
                .await(Caller.ANONYMOUS, instance.id(), Duration.ofSeconds(20))
                .join();
    }

    static String status(InstanceRow instance) {
        return dashboard
                .orchestration()
                .instance(Caller.ANONYMOUS, instance.id())
                .status()
                .text();
    }
}
