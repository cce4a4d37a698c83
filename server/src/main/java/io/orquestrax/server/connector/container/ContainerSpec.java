package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.process.ProcessArguments;
import io.orquestrax.server.connector.process.ProcessLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is to run, as the author said.
 *
 * @param image with its tag or digest; {@code latest} where the author gave none
 * @param name of the container
 * @param body of the request that creates it
 */
record ContainerSpec(String image, String name, JsonNode body, byte[] input, PullPolicy pull, Cleanup cleanup) {
    /** Whose container it is: the job's idempotency key. */
    static final String JOB_LABEL = "io.orquestrax.job";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._:@-]|/(?![./])){0,254}");
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");
    private static final Pattern VOLUME_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** When the image is fetched. */
    enum PullPolicy {
        IF_NOT_PRESENT,
        ALWAYS,
        NEVER;

        static PullPolicy of(String word) {
            return switch (word) {
                case "always" -> ALWAYS;
                case "never" -> NEVER;
                default -> IF_NOT_PRESENT;
            };
        }
    }

    /**
     * @param volumesAllowed directories of the engine's machine that containers may see
     */
    static ContainerSpec read(JsonNode with, String key, ProcessLimits limits, List<Path> volumesAllowed)
            throws ConnectorFailure {
        String image = image(with.path("image"));
        String name = name(with.path("name"), key);
        byte[] input = ProcessArguments.input(with.path("stdin"));
        Cleanup cleanup =
                Cleanup.of(with.path("cleanup").asText(), with.path("after").asText());
        ObjectNode body = Json.NODES.objectNode().put("Image", image);
        putCommand(body, with);
        ArrayNode environment = body.putArray("Env");
        ProcessArguments.environment(with.path("environment"), key)
                .forEach((variable, value) -> environment.add(variable + "=" + value));
        body.put("AttachStdout", true).put("AttachStderr", true).put("Tty", false);
        body.put("AttachStdin", input.length > 0)
                .put("OpenStdin", input.length > 0)
                .put("StdinOnce", input.length > 0);
        ObjectNode labels = body.putObject("Labels").put(JOB_LABEL, key);
        cleanup.labels(limits.timeout()).forEach(labels::put);
        WorkerMark.ofThisProcess().ifPresent(worker -> labels.put(WorkerMark.LABEL, worker.text()));
        ObjectNode host = body.putObject("HostConfig")
                .put("Memory", limits.memoryMaxBytes())
                .put("MemorySwap", limits.memoryMaxBytes())
                .put("PidsLimit", limits.maxProcesses())
                .put("Init", true);
        host.putArray("SecurityOpt").add("no-new-privileges");
        putPorts(body, host, with.path("ports"));
        putVolumes(host, with.path("volumes"), volumesAllowed);
        PullPolicy pull = PullPolicy.of(with.path("pullPolicy").asText());
        return new ContainerSpec(image, name, body, input, pull, cleanup);
    }

    private static String image(JsonNode image) throws ConnectorFailure {
        String text = ProcessArguments.text(image, "an image");
        if (!IMAGE.matcher(text).matches()) {
            throw ProcessArguments.invalid("Expected the name of an image, but found \"" + text + "\".");
        }
        return withTag(text);
    }

    private static String name(JsonNode name, String key) throws ConnectorFailure {
        if (name.isMissingNode()) {
            return "orquestrax-" + key;
        }
        String text = ProcessArguments.text(name, "a name");
        if (!NAME.matcher(text).matches()) {
            throw ProcessArguments.invalid(
                    "Expected a name of letters, digits, _, . and -, but found \"" + text + "\".");
        }
        return text;
    }

    static String withTag(String image) {
        boolean isTagged = image.contains("@") || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
        return isTagged ? image : image + ":latest";
    }

    /** A command replaces the image's; its arguments are never part of what a shell reads. */
    private static void putCommand(ObjectNode body, JsonNode with) throws ConnectorFailure {
        List<String> arguments = ProcessArguments.words(with.path("arguments"));
        if (with.has("command")) {
            String command = ProcessArguments.text(with.path("command"), "a command");
            ArrayNode entry = body.putArray("Entrypoint");
            if (ProcessArguments.isOneWord(command)) {
                entry.add(command.strip());
            } else {
                entry.add("sh").add("-c").add(command).add("sh");
            }
        }
        if (!arguments.isEmpty()) {
            ArrayNode words = body.putArray("Cmd");
            arguments.forEach(words::add);
        }
    }

    private static void putPorts(ObjectNode body, ObjectNode host, JsonNode ports) throws ConnectorFailure {
        ObjectNode exposed = body.putObject("ExposedPorts");
        ObjectNode bound = host.putObject("PortBindings");
        for (Map.Entry<String, JsonNode> each : ports.properties()) {
            var inside = PORT.matcher(each.getValue().asText());
            if (!PORT.matcher(each.getKey()).matches() || !inside.matches()) {
                throw ProcessArguments.invalid(
                        "Expected ports as numbers, of the machine and of the container, but" + " found \""
                                + each.getKey() + "\" and \"" + each.getValue().asText() + "\".");
            }
            String protocol = inside.group(2) == null ? "tcp" : inside.group(2);
            String port = inside.group(1) + "/" + protocol;
            exposed.putObject(port);
            bound.withArray(port).addObject().put("HostPort", each.getKey().replaceAll("/.*", ""));
        }
    }

    private static void putVolumes(ObjectNode host, JsonNode volumes, List<Path> allowed) throws ConnectorFailure {
        ArrayNode binds = host.putArray("Binds");
        for (Map.Entry<String, JsonNode> each : volumes.properties()) {
            String source = each.getKey();
            String target = each.getValue().asText();
            if (!target.startsWith("/") || source.contains(":")) {
                throw ProcessArguments.invalid("Expected volumes by their paths in the container, but found \"" + source
                        + "\" and \"" + target + "\".");
            }
            if (!VOLUME_NAME.matcher(source).matches() && !isAllowed(source, allowed)) {
                throw ConnectorFailure.of(
                        StandardError.AUTHORIZATION,
                        "Volume not allowed",
                        "Expected a volume that an operator allows with connectors.container.volumes, but \"" + source
                                + "\" is none.");
            }
            binds.add(source + ":" + target);
        }
    }

    private static boolean isAllowed(String source, List<Path> allowed) {
        Path path = Path.of(source).normalize();
        return path.isAbsolute() && allowed.stream().anyMatch(path::startsWith);
    }
}
