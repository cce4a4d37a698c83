package io.orquestrax.store.instance;

import static io.orquestrax.store.TestingRows.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.instance.BusinessKeys.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusinessKeysTest {
    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final BusinessKeys keys = new BusinessKeys(testing.database());

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void tellsARepetitionFromAnotherRequest() {
        assertThat(keys.reserve("shop", "order", "k", id(1), "f")).isEqualTo(new Holder(id(1), true, true));
        assertThat(keys.reserve("shop", "order", "k", id(2), "f")).isEqualTo(new Holder(id(1), true, false));
        assertThat(keys.reserve("shop", "order", "k", id(3), "g")).isEqualTo(new Holder(id(1), false, false));
    }

    @Test
    void countsEachOfItsRequestsAsARepetition() {
        keys.reserve("shop", "order", "k", id(1), List.of("f", "g"));

        assertThat(keys.reserve("shop", "order", "k", id(2), "f").sameRequest()).isTrue();
        assertThat(keys.reserve("shop", "order", "k", id(2), "g").sameRequest()).isTrue();
        assertThat(keys.reserve("shop", "order", "k", id(2), "h").sameRequest()).isFalse();
    }

    @Test
    void aReservationOfAClosedInstanceIsReleasedOrPassedOnOnceItIsOld() throws Exception {
        insert(id(1), true);
        insert(id(2), false);
        for (String key : List.of("released", "left")) {
            keys.reserve("shop", "order", key, id(1), "f");
        }
        for (String key : List.of("kept", "held")) {
            keys.reserve("shop", "order", key, id(2), "f");
        }

        keys.release("shop", "order", "released", id(1));
        keys.release("shop", "order", "kept", id(2));
        assertThat(keys.reserve("shop", "order", "left", id(9), "g").instance()).isEqualTo(id(1));
        execute("UPDATE orquestrax.business_key SET reserved_at = now() - interval '11 minutes'");

        assertThat(keys.reserve("shop", "order", "released", id(9), "g").isNew())
                .isTrue();
        assertThat(keys.reserve("shop", "order", "kept", id(9), "g").instance()).isEqualTo(id(2));
        assertThat(keys.reserve("shop", "order", "held", id(9), "g").instance()).isEqualTo(id(2));
        assertThat(keys.reserve("shop", "order", "left", id(9), "g")).isEqualTo(new Holder(id(9), true, true));
        assertThat(keys.reserve("shop", "order", "left", id(8), "g")).isEqualTo(new Holder(id(9), true, false));
    }

    private void insert(UUID instance, boolean isClosed) throws Exception {
        execute("""
                INSERT INTO orquestrax.instance
                    (id, partition, namespace, name, version, content_hash, status, started_at, updated_at, closed_at, tags, input)
                VALUES ('%s', 0, 'shop', 'order', '1.0.0', 'h', '%s', now(), now(), %s, '{}', '{}')
                """.formatted(instance, isClosed ? "faulted" : "running", isClosed ? "now()" : "NULL"));
    }

    private void execute(String sql) {
        testing.database().with("test", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    @Test
    void separatesDefinitions() {
        keys.reserve("shop", "order", "k", id(1), "f");
        assertThat(keys.reserve("shop", "pay", "k", id(2), "f").isNew()).isTrue();
        assertThat(keys.reserve("bank", "order", "k", id(3), "f").isNew()).isTrue();
        assertThat(keys.reserve("shop", "order", "K", id(4), "f").isNew()).isTrue();
    }

    @Test
    void agreesOnOneHolderWhenManyAskAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "key-" + round;
            List<Future<Holder>> answers = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < 8; caller++) {
                    UUID instance = id(caller);
                    answers.add(callers.submit(() -> keys.reserve("shop", "order", key, instance, "f")));
                }
            }
            int reserved = 0;
            UUID holder = answers.getFirst().get().instance();
            for (int caller = 0; caller < 8; caller++) {
                Holder answer = answers.get(caller).get();
                assertThat(answer.instance()).isEqualTo(holder);
                assertThat(answer.isNew()).isEqualTo(id(caller).equals(holder));
                reserved += answer.isNew() ? 1 : 0;
            }
            assertThat(reserved).isEqualTo(1);
        }
    }
}
