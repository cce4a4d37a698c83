package io.orquestrax.dsl.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds which secrets a jq program names, by reading its text. */
public final class SecretReferences {
    private static final Pattern USE = Pattern.compile("\\G\\$secrets(?![A-Za-z0-9_])");
    private static final Pattern MEMBER = Pattern.compile(
            "\\G\\s*(?:\\.\\s*([A-Za-z_][A-Za-z0-9_]*)|\\.\\s*\"([^\"\\\\]+)\"|\\.?\\s*\\[\\s*\"([^\"\\\\]+)\"\\s*\\])");

    private final String program;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private int computed = -1;
    private int at;

    private SecretReferences(String program) {
        this.program = program;
    }

    public static SecretReferences of(String program) {
        SecretReferences references = new SecretReferences(program);
        references.readProgram();
        return references;
    }

    /** The secrets that it names outright, each with the offset of {@code $secrets} in its first use. */
    public Map<String, Integer> names() {
        return Map.copyOf(names);
    }

    /** The offset of the first {@code $secrets} whose member is computed; negative where there is none. */
    public int computed() {
        return computed;
    }

    /** A text ends with its quote, an interpolation with the parenthesis that closes it: {@code depths} holds them. */
    private void readProgram() {
        StringBuilder open = new StringBuilder();
        while (at < program.length()) {
            char character = program.charAt(at);
            boolean isInText = !open.isEmpty() && open.charAt(open.length() - 1) == '"';
            if (isInText) {
                readText(character, open);
            } else {
                readCode(character, open);
            }
        }
    }

    private void readText(char character, StringBuilder open) {
        if (character == '\\' && at + 1 < program.length()) {
            if (program.charAt(at + 1) == '(') {
                open.append('(');
            }
            at += 2;
            return;
        }
        if (character == '"') {
            open.setLength(open.length() - 1);
        }
        at++;
    }

    private void readCode(char character, StringBuilder open) {
        switch (character) {
            case '"', '(' -> open.append(character);
            case ')' -> open.setLength(Math.max(0, open.length() - 1));
            case '#' -> at = endOfLine();
            case '$' -> readVariable();
            default -> {}
        }
        at++;
    }

    private int endOfLine() {
        int end = program.indexOf('\n', at);
        return end < 0 ? program.length() : end;
    }

    private void readVariable() {
        Matcher use = USE.matcher(program);
        if (!use.find(at)) {
            return;
        }
        Matcher member = MEMBER.matcher(program);
        if (member.find(use.end())) {
            String name = member.group(1) != null
                    ? member.group(1)
                    : member.group(2) != null ? member.group(2) : member.group(3);
            names.putIfAbsent(name, at);
        } else if (computed < 0) {
            computed = at;
        }
    }
}
