package io.orquestrax.dashboard.page;

/** Texts of any length, made to fit. */
public final class ShortText {
    private static final int HEAD = 8;
    private static final int TAIL = 6;

    private ShortText() {}

    /** Shortened in the middle: {@code 019ab3f2…c41e07}. */
    public static String id(String id) {
        return id.length() <= HEAD + TAIL + 1
                ? id
                : id.substring(0, id.offsetByCodePoints(0, HEAD)) + "…" + id.substring(id.length() - TAIL);
    }

    /** {@code 512 B}, {@code 3.2 kB}, {@code 1.8 MB}. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000 ? tenths(bytes, 1000) + " kB" : tenths(bytes, 1_000_000) + " MB";
    }

    /** {@code 1 job}, {@code 3 jobs}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1 branch}, {@code 3 branches}. */
    public static String count(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    private static String tenths(long bytes, long unit) {
        long tenths = bytes * 10 / unit;
        return tenths % 10 == 0 || tenths >= 1000 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}
