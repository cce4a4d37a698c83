package io.orquestrax.engine;

import java.util.List;
import java.util.Random;

/** A workflow document drawn at random, which always compiles. */
final class RandomDocument {
    private static final int MAX_DEPTH = 3;

    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private int names;
    private boolean hasHelper;

    RandomDocument(Random random) {
        this.random = random;
    }

    String body() {
        if (random.nextInt(3) == 0) {
            yaml.append("timeout:\n  after: PT3M\n");
        }
        if (random.nextInt(3) == 0) {
            use();
        }
        yaml.append("do:\n");
        list(2, 0);
        return yaml.toString();
    }

    private void use() {
        line(0, "use:");
        line(2, "functions:");
        line(4, "helper:");
        line(6, "do:");
        list(8, MAX_DEPTH - 1);
        hasHelper = true;
        line(2, "extensions:");
        line(2, "- extra:");
        line(
                6,
                "extend: "
                        + List.of("set", "call", "switch", "try", "composite").get(random.nextInt(5)));
        if (random.nextBoolean()) {
            line(6, "when: $task.input.n != 7");
        }
        line(6, "before:");
        list(8, MAX_DEPTH);
        if (random.nextBoolean()) {
            line(6, "after:");
            list(8, MAX_DEPTH);
        }
    }

    private void list(int indent, int depth) {
        int count = 1 + random.nextInt(4);
        for (int index = 0; index < count; index++) {
            task(indent, depth);
        }
    }

    private void task(int indent, int depth) {
        line(indent, "- task" + names++ + ":");
        int inner = indent + 4;
        common(inner);
        switch (random.nextInt(depth < MAX_DEPTH ? 15 : 8)) {
            case 0 -> line(inner, "set: { n: '${ (.n // 0) + 1 }' }");
            case 1 -> {
                line(inner, "switch:");
                line(inner + 2, "- even: { when: '(.n // 0) % 2 == 0', then: " + directive() + " }");
                line(inner + 2, "- odd: { then: continue }");
            }
            case 2 -> line(inner, "wait: PT" + random.nextInt(20) + "S");
            case 3 -> {
                if (hasHelper && random.nextInt(3) == 0) {
                    line(inner, "call: helper");
                    return;
                }
                line(inner, "call: work" + random.nextInt(3));
                if (random.nextBoolean()) {
                    line(inner, "with: { n: '${ .n }' }");
                }
            }
            case 4 -> line(inner, "raise: { error: { type: 'https://example.com/e', status: " + status() + " } }");
            case 5 -> line(inner, "emit: { event: { with: { type: t1, data: '${ . }' } } }");
            case 6 -> {
                line(inner, "run:");
                line(inner + 2, "await: " + (random.nextInt(3) > 0));
                line(inner + 2, "workflow: { namespace: tests, name: other, version: latest }");
            }
            case 7, 8 -> listen(inner, depth);
            case 9, 10 -> tried(inner, depth);
            case 11 -> {
                line(inner, "for: { in: '[range(0; (.n? // 2) % 4)]' }");
                if (random.nextInt(3) == 0) {
                    line(inner, "while: $index < 2");
                }
                line(inner, "do:");
                list(inner + 2, depth + 1);
            }
            case 12, 13 -> {
                line(inner, "fork:");
                line(inner + 2, "compete: " + random.nextBoolean());
                line(inner + 2, "branches:");
                list(inner + 4, depth + 1);
            }
            default -> {
                line(inner, "do:");
                list(inner + 2, depth + 1);
            }
        }
    }

    private void listen(int indent, int depth) {
        line(indent, "listen:");
        line(indent + 2, "to:");
        switch (random.nextInt(5)) {
            case 0 -> line(indent + 4, "one: { with: { type: t0 } }");
            case 1 -> {
                line(indent + 4, "all:");
                line(indent + 4, "- with: { type: t0 }");
                line(indent + 4, "- with: { type: 't[12]', data: '${ .n > 0 }' }");
                line(indent + 4, "  correlate: { number: { from: .data.n } }");
            }
            case 2 -> {
                line(indent + 4, "any: []");
                line(indent + 4, "until: length >= " + (1 + random.nextInt(3)));
            }
            case 3 -> {
                line(indent + 4, "any: [ { with: { type: '${ \"t\" + \"1\" }' } } ]");
                line(indent + 4, "until: { one: { with: { type: t2 } } }");
            }
            default -> line(indent + 4, "any: [ { with: { type: t0 } }, { with: { type: t1, data: { n: 1 } } } ]");
        }
        if (random.nextBoolean() && depth < MAX_DEPTH) {
            line(indent, "foreach:");
            line(indent + 2, "item: event");
            if (random.nextBoolean()) {
                line(indent + 2, "output: { as: '${ [., $event] }' }");
            }
            line(indent + 2, "do:");
            list(indent + 4, depth + 1);
        }
    }

    private void tried(int indent, int depth) {
        line(indent, "try:");
        list(indent + 2, depth + 1);
        line(indent, "catch:");
        if (random.nextBoolean()) {
            line(indent + 2, "errors: { with: { status: " + status() + " } }");
        }
        line(indent + 2, "as: problem");
        if (random.nextBoolean()) {
            line(indent + 2, "retry:");
            line(indent + 4, "delay: PT" + random.nextInt(5) + "S");
            line(indent + 4, "backoff: { exponential: {} }");
            line(indent + 4, "limit: { attempt: { count: 2, duration: PT15S } }");
        }
        if (random.nextBoolean()) {
            line(indent + 2, "do:");
            list(indent + 4, depth + 1);
        }
    }

    private void common(int indent) {
        if (random.nextInt(6) == 0) {
            line(indent, "if: (.n // 0) < 50");
        }
        if (random.nextInt(6) == 0) {
            line(indent, "output: { as: '${ { n: (.n? // 1) } }' }");
        }
        if (random.nextInt(6) == 0) {
            line(indent, "export: { as: '${ $context + { last: . } }' }");
        }
        if (random.nextInt(8) == 0) {
            line(indent, "timeout: { after: PT25S }");
        }
        if (random.nextInt(10) == 0) {
            line(indent, "then: " + directive());
        }
    }

    private String directive() {
        return switch (random.nextInt(4)) {
            case 0 -> "exit";
            case 1 -> "end";
            default -> "continue";
        };
    }

    private int status() {
        return random.nextBoolean() ? 500 : 400;
    }

    private void line(int indent, String text) {
        yaml.append(" ".repeat(indent)).append(text).append('\n');
    }
}
