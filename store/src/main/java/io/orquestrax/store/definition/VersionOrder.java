package io.orquestrax.store.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a semantic version so that comparing the texts byte by byte is precedence (semver 2.0, section 11). */
public final class VersionOrder {
    private static final Pattern VERSION =
            Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Before every valid version. */
    private static final String INVALID = "!";

    private static final String PRE_RELEASE = "-";
    private static final String RELEASE = "~";
    private static final String NUMERIC = "0";
    private static final String ALPHANUMERIC = "1";

    /** Less than every character that an identifier may have: the shorter of two with the same beginning comes first. */
    private static final String END = "!";

    private VersionOrder() {}

    public static String of(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return INVALID + version;
        }
        StringBuilder order = new StringBuilder();
        for (int part = 1; part <= 3; part++) {
            order.append(number(parts.group(part)));
        }
        String preRelease = parts.group(4);
        if (preRelease == null) {
            return order.append(RELEASE).toString();
        }
        order.append(PRE_RELEASE);
        for (String identifier : preRelease.split("\\.", -1)) {
            boolean isNumeric = NUMBER.matcher(identifier).matches();
            order.append(isNumeric ? NUMERIC + number(identifier) : ALPHANUMERIC + identifier)
                    .append(END);
        }
        return order.toString();
    }

    /** Its length, then its digits: more digits are a greater number. */
    private static String number(String digits) {
        String significant = digits.replaceFirst("^0+(?=\\d)", "");
        return String.format("%04d", significant.length()) + significant;
    }
}
