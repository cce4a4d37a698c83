package io.orquestrax.server.connector.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer, unpacks it, and stops where it becomes too long. */
record BodyReader(int maxBytes, BodyEnd end) {
    /** What a packed body may be longer than the same unpacked. */
    private static final int PACKING_OVERHEAD = 64 * 1024;

    BodyReader(int maxBytes) {
        this(maxBytes, BodyEnd.AT_ITS_OWN);
    }

    /**
     * @param isCut whether there was more
     * @param isWhole whether there is no more to come
     */
    record Body(byte[] bytes, boolean isCut, boolean isWhole) {
        Body(byte[] bytes, boolean isCut) {
            this(bytes, isCut, !isCut);
        }
    }

    /**
     * @param encoding in lower case; empty for none
     */
    Body read(@Nullable InputStream content, String encoding) throws IOException {
        if (content == null) {
            return new Body(new byte[0], false);
        }
        return switch (encoding) {
            case "", "identity" -> readUpTo(content);
            case "gzip", "x-gzip" -> unpack(content);
            default -> throw new IOException("the body is encoded as " + encoding + ", and only gzip can be unpacked");
        };
    }

    private Body unpack(InputStream content) throws IOException {
        PushbackInputStream packed = new PushbackInputStream(new Bounded(content, (long) maxBytes + PACKING_OVERHEAD));
        int first = packed.read();
        if (first < 0) {
            return new Body(new byte[0], false);
        }
        packed.unread(first);
        Body body;
        try {
            body = readUpTo(new GZIPInputStream(packed));
        } catch (StackOverflowError manyParts) {
            throw new IOException("the packed body has too many parts");
        }
        if (body.isWhole() && packed.read() >= 0) {
            throw new IOException("the packed body goes on after its end");
        }
        return body;
    }

    private Body readUpTo(InputStream content) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            int room = maxBytes - read.size();
            read.write(buffer, 0, Math.min(count, room));
            if (count > room) {
                return new Body(read.toByteArray(), true);
            }
            if (end.isReached(buffer, count)) {
                return new Body(read.toByteArray(), false, false);
            }
        }
        return new Body(read.toByteArray(), false);
    }

    /** Fails where the packed bytes alone are too many: they may unpack to nothing, without an end. */
    private static final class Bounded extends InputStream {
        private final InputStream content;
        private long left;

        Bounded(InputStream content, long left) {
            this.content = content;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int read = content.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = content.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        /** What is not there yet is no reason to take one part of the packed bytes for the last. */
        @Override
        public int available() {
            return 1;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("the packed body is too long");
            }
        }
    }
}
