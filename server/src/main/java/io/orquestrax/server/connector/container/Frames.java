package io.orquestrax.server.connector.container;

import io.orquestrax.server.connector.process.Captured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What a container without a terminal writes: pieces of its two outputs, each behind a header of eight bytes. */
record Frames(InputStream in) {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int PIECE = 8192;
    private static final int STANDARD_ERROR = 2;

    /** Until the container's end, or past the limit of one of them. */
    void readInto(Captured stdout, Captured stderr) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        while (header.length == HEADER) {
            Captured target = header[0] == STANDARD_ERROR ? stderr : stdout;
            long left = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(LENGTH_AT));
            while (left > 0) {
                byte[] piece = in.readNBytes((int) Math.min(left, PIECE));
                if (piece.length == 0 || !target.take(piece, 0, piece.length)) {
                    return;
                }
                left -= piece.length;
            }
            header = in.readNBytes(HEADER);
        }
    }
}
