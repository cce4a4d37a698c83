package io.orquestrax.dsl.json;

import java.io.IOException;
import java.io.Writer;

/** Collects text, and fails once it is too long. */
final class BoundedText extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final int mostChars;

    /** There is more text than there is room for. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BoundedText(int mostChars) {
        this.mostChars = mostChars;
    }

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        if (length > mostChars - text.length()) {
            throw new FullException();
        }
        text.append(source, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
