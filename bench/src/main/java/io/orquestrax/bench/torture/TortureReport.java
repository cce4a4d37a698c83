package io.orquestrax.bench.torture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.bench.torture.check.Disruption;
import io.orquestrax.bench.torture.check.FailoverTimes;
import io.orquestrax.bench.torture.check.Findings;
import io.orquestrax.bench.torture.check.Violation;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result, written for people, for programs, and for the page about reliability. */
record TortureReport(TortureResult result) {

    ObjectNode json() {
        TortureOptions options = result.options();
        Findings findings = result.findings();
        ObjectNode json = Json.NODES.objectNode();
        json.put("seed", options.seed());
        json.put("nodes", options.nodes());
        json.put("workers", options.workers());
        json.put("duration", options.duration().toString());
        json.put("perSecond", options.perSecond());
        json.put("instances", findings.instances());
        json.put("events", findings.events());
        json.put("acknowledgements", findings.acknowledgements());
        json.put("executions", findings.executions());
        json.put("lostAttempts", findings.lostAttempts());
        json.put("repeatedCalls", findings.failedCalls());
        json.put("refusedBatches", findings.refusedBatches());
        ArrayNode failovers = json.putArray("failovers");
        for (FailoverTimes times : findings.failovers()) {
            ObjectNode failover = failovers.addObject();
            times.goal().ifPresent(goal -> failover.put("goalSeconds", goal.toMillis() / 1e3));
            failover.put("fault", times.fault())
                    .put("phase", times.phase())
                    .put("partitions", times.pauses().size())
                    .put("medianSeconds", times.median().toMillis() / 1e3)
                    .put("p95Seconds", times.percentile95().toMillis() / 1e3)
                    .put("longestSeconds", times.longest().toMillis() / 1e3);
        }
        ArrayNode disruptions = json.putArray("disruptions");
        for (Disruption disruption : findings.disruptions()) {
            disruptions
                    .addObject()
                    .put("fault", disruption.fault())
                    .put("count", disruption.count())
                    .put("longestCallSeconds", disruption.longestCall().toMillis() / 1e3)
                    .put("repeatedCalls", disruption.repeated());
        }
        ArrayNode violations = json.putArray("violations");
        for (Violation violation : result.violations()) {
            violations
                    .addObject()
                    .put("promise", violation.promise())
                    .put("about", violation.about())
                    .put("detail", violation.detail());
        }
        return json;
    }

    /** The section of {@code docs/reliability.md} that holds the last results. */
    List<String> markdown() {
        TortureOptions options = result.options();
        Findings findings = result.findings();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d nodes, %d workers, %s of faults, seed %d, on %s. The load began %d numbers a second.",
                options.nodes(),
                options.workers(),
                minutes(options.duration()),
                options.seed(),
                machine(),
                options.perSecond()));
        lines.add("");
        lines.add("| what | count |");
        lines.add("|---|---|");
        row(lines, "instances, each compared with what it should be", findings.instances());
        row(lines, "events in their histories", findings.events());
        row(lines, "acknowledgements to clients, each looked up", findings.acknowledgements());
        row(lines, "executions that handlers wrote down", findings.executions());
        row(lines, "attempts taken from workers that were gone", findings.lostAttempts());
        row(lines, "calls that clients had to make again", findings.failedCalls());
        row(lines, "late batches that the database refused", findings.refusedBatches());
        row(lines, "**violations**", result.violations().size());
        lines.add("");
        lines.add("| fault | victim | partitions passed on | median | goal | p95 | longest |");
        lines.add("|---|---|---|---|---|---|---|");
        for (FailoverTimes times : findings.failovers()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %s | %s | %s |",
                    times.fault(),
                    times.phase(),
                    times.pauses().size(),
                    seconds(times.median()),
                    times.goal().map(goal -> "< " + seconds(goal)).orElse("–"),
                    seconds(times.percentile95()),
                    seconds(times.longest())));
        }
        lines.add("");
        lines.add("| fault | times | longest call of a client, repetitions included | repeated calls |");
        lines.add("|---|---|---|---|");
        for (Disruption disruption : findings.disruptions()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %d |",
                    disruption.fault(),
                    disruption.count(),
                    seconds(disruption.longestCall()),
                    disruption.repeated()));
        }
        return lines;
    }

    /** One line for each. */
    List<String> violations() {
        return result.violations().stream().map(Violation::toString).toList();
    }

    private static void row(List<String> lines, String what, long count) {
        lines.add(String.format(Locale.ROOT, "| %s | %,d |", what, count));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
    }

    private static String minutes(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s %s, Java %s",
                runtime.availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
