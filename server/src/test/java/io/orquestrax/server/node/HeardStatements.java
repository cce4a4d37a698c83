package io.orquestrax.server.node;

import io.orquestrax.store.TestingDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every statement that is sent over the connections to one address, counted as it leaves; for tests. */
final class HeardStatements {
    private static final Map<String, HeardStatements> BY_NAME = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> inOrder = new CopyOnWriteArrayList<>();

    HeardStatements() {
        BY_NAME.put(name, this);
    }

    static HeardStatements named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name));
    }

    /** The same database, at an address whose connections are listened to. */
    TestingDatabase heard(TestingDatabase database) {
        return new TestingDatabase(
                database.url() + "?socketFactory=" + HeardSockets.class.getName() + "&socketFactoryArg=" + name,
                database.user(),
                database.password(),
                database.database());
    }

    void forget() {
        counts.clear();
        inOrder.clear();
    }

    /** Each text once, as they were sent first. */
    List<String> inOrder() {
        return List.copyOf(inOrder);
    }

    /** By the statement's text, which is empty for the one by which a pool looks whether a connection stands. */
    Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** What one connection sends, as the protocol of PostgreSQL frames it. */
    final class Ear {
        private static final int SSL_REQUEST = 80_877_103;
        private static final int GSS_REQUEST = 80_877_104;

        private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
        private final Map<String, String> statements = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private boolean isStarted;

        void hear(byte[] bytes, int offset, int length) {
            unread.write(bytes, offset, length);
            ByteBuffer buffer = ByteBuffer.wrap(unread.toByteArray());
            while (hasMessage(buffer)) {
                read(buffer);
            }
            byte[] rest = new byte[buffer.remaining()];
            buffer.get(rest);
            unread.reset();
            unread.writeBytes(rest);
        }

        /** The first messages have no byte for their kind. */
        private boolean hasMessage(ByteBuffer buffer) {
            int head = isStarted ? 1 : 0;
            return buffer.remaining() >= head + Integer.BYTES
                    && buffer.remaining() >= head + buffer.getInt(buffer.position() + head);
        }

        private void read(ByteBuffer buffer) {
            char kind = isStarted ? (char) buffer.get() : ' ';
            int length = buffer.getInt() - Integer.BYTES;
            ByteBuffer message = buffer.slice(buffer.position(), length);
            buffer.position(buffer.position() + length);
            switch (kind) {
                case ' ' -> {
                    int code = message.getInt();
                    isStarted = code != SSL_REQUEST && code != GSS_REQUEST;
                }
                case 'P' -> statements.put(text(message), text(message));
                case 'B' -> portals.put(text(message), statements.getOrDefault(text(message), "?"));
                case 'E' -> count(portals.getOrDefault(text(message), "?"));
                case 'Q' -> count(text(message));
                default -> {}
            }
        }

        private void count(String statement) {
            if (counts.merge(statement, 1, Integer::sum) == 1) {
                inOrder.add(statement);
            }
        }

        private static String text(ByteBuffer message) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (byte next = message.get(); next != 0; next = message.get()) {
                text.write(next);
            }
            return text.toString(StandardCharsets.UTF_8);
        }
    }
}
