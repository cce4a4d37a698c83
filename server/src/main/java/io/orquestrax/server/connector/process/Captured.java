package io.orquestrax.server.connector.process;

import io.orquestrax.server.connector.secret.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a process writes to one of its outputs, up to a limit. Thread-safe. */
public final class Captured {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean isCut;
    private boolean isRead;

    private Captured(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes what it is given. */
    public static Captured upTo(int maxBytes) {
        return new Captured(maxBytes);
    }

    /** Reads on a thread of its own, until the end or past the limit. */
    static Captured of(InputStream stream, int maxBytes) {
        Captured captured = new Captured(maxBytes);
        Pipes.begin("process-output", () -> captured.read(stream));
        return captured;
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            int count = stream.read(buffer);
            while (count >= 0 && take(buffer, 0, count)) {
                count = stream.read(buffer);
            }
            synchronized (this) {
                isRead = true;
            }
        } catch (IOException broken) {
            // Whoever waits for the end is told that it was not reached.
            return;
        } finally {
            ended.countDown();
        }
    }

    /** False where there is more than the limit. */
    public synchronized boolean take(byte[] buffer, int offset, int count) {
        int room = maxBytes - bytes.size();
        bytes.write(buffer, offset, Math.min(count, room));
        isCut = isCut || count > room;
        return !isCut;
    }

    /** Whether there was more than the limit. */
    public synchronized boolean isCut() {
        return isCut;
    }

    synchronized int size() {
        return bytes.size();
    }

    /** Whether it was read to its end, or past the limit, within this time. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS) && isRead();
    }

    private synchronized boolean isRead() {
        return isRead;
    }

    /** All of it, without the line breaks at its end. */
    public synchronized String text() {
        return withoutBreaks(bytes.toString(StandardCharsets.UTF_8));
    }

    private static String withoutBreaks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * The last whole lines, as many as the limit holds, without secrets: of half a line nobody could tell whether it is
     * half a secret. What may be the beginning of a secret of several lines is left out until it is told.
     *
     * @param maxLength in bytes
     */
    String lastLines(int maxLength, Redaction secrets) {
        byte[] all;
        synchronized (this) {
            all = bytes.toByteArray();
        }
        int end = lastBreak(all, all.length);
        int start = Math.max(0, end - maxLength);
        if (start > 0) {
            while (start < end && all[start - 1] != '\n') {
                start++;
            }
        }
        if (end <= start) {
            return "";
        }
        int known = Math.max(0, start - secrets.reach());
        String before = new String(all, known, start - known, StandardCharsets.UTF_8);
        String lines = new String(all, start, end + 1 - start, StandardCharsets.UTF_8);
        return withoutBreaks(secrets.maskUnfinished(before + lines, before.length()));
    }

    private static int lastBreak(byte[] all, int from) {
        int end = from - 1;
        while (end >= 0 && all[end] != '\n') {
            end--;
        }
        return Math.max(0, end);
    }
}
