package io.orquestrax.dsl.json;

/** Text that can be written in UTF-8: half a surrogate pair is U+FFFD, as in jq. */
public final class WholeText {
    private static final char REPLACEMENT = '\uFFFD';

    private WholeText() {}

    /** The text itself where it is whole already. */
    public static String of(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return mended(text);
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        boolean isWhole = true;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (Character.isHighSurrogate(character)
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                whole.append(character).append(text.charAt(index + 1));
                index++;
            } else if (Character.isSurrogate(character)) {
                whole.append(REPLACEMENT);
                isWhole = false;
            } else {
                whole.append(character);
            }
        }
        return isWhole ? text : whole.toString();
    }
}
