package io.orquestrax.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.environment.Environment;
import io.orquestrax.bench.environment.NodeOptions;
import io.orquestrax.bench.environment.ReadyStand;
import io.orquestrax.bench.environment.Stand;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.InstanceStatus;
import io.orquestrax.sdk.OrquestraxClient;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the benchmarks write by themselves is what the product would have written. */
class InstanceCopiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DOCUMENT = """
            document: { dsl: '1.0.3', namespace: bench, name: copied, version: '1.0.0' }
            do:
              - both:
                  fork:
                    branches:
                      - pause:
                          wait: PT1H
                      - hear:
                          listen:
                            to:
                              one:
                                with:
                                  type: heard
            """;

    /** All columns, without what differs from run to run of the product itself. */
    private static final String ROWS = """
            SELECT (to_jsonb(i) - '{id,partition,started_at,updated_at,wake_at}'::text[])::text
                   || (i.wake_at - i.started_at BETWEEN interval '3590 s' AND interval '3600 s')
                   || (i.updated_at >= i.started_at)
            FROM orquestrax.instance i WHERE i.id = ?
            UNION ALL
            (SELECT ((to_jsonb(e) - '{instance_id,time}'::text[]) || jsonb_build_object('data', e.data::jsonb - 'due'))::text
                   || coalesce(
                       (e.data ->> 'due')::timestamptz - e.time BETWEEN interval '3590 s' AND interval '3600 s', true)
            FROM orquestrax.event e WHERE e.instance_id = ? ORDER BY e.sequence)
            UNION ALL
            SELECT (to_jsonb(s) - '{instance_id,partition,instance_started_at,looked_back}'::text[])::text
            FROM orquestrax.subscription s WHERE s.instance_id = ?""";

    @Test
    void areLikeInstancesThatTheProductMadeAndGoOnLikeThem() throws Exception {
        try (Environment environment = new Environment(List.of(), 1)) {
            ReadyStand ready = environment.ready();
            Stand stand = ready.stand();
            var _ = ready.client().deploy(DOCUMENT);
            Instance template = ready.client().start("bench", "copied", null);
            Instance other = ready.client().start("bench", "copied", null);
            stand.stop(ready.node());

            InstanceCopies copies = new InstanceCopies(stand.database(), UUID.fromString(template.id()));
            copies.write(20, index -> Instant.now().plus(Duration.ofSeconds(3599)));
            List<String> made = ids(stand, List.of(template.id(), other.id()));

            assertThat(made).hasSize(20);
            List<String> expected = rows(stand, other.id());
            assertThat(expected).hasSize(6);
            assertThat(made).allSatisfy(id -> assertThat(rows(stand, id)).isEqualTo(expected));

            OrquestraxClient client =
                    stand.connect(stand.startNode(NodeOptions.DEFAULT).address());
            var _ = client.publish(List.of("""
                    {"specversion":"1.0","id":"one","source":"urn:test","type":"heard"}"""));
            for (String id : made) {
                assertThat(client.cancel(id, null).status()).isEqualTo(InstanceStatus.CANCELLED);
                assertThat(client.await(id, LIMIT).status()).isEqualTo(InstanceStatus.CANCELLED);
            }
        }
    }

    private static List<String> ids(Stand stand, List<String> without) {
        return texts(stand, "SELECT id::text FROM orquestrax.instance ORDER BY id").stream()
                .filter(id -> !without.contains(id))
                .toList();
    }

    private static List<String> rows(Stand stand, String id) {
        UUID instance = UUID.fromString(id);
        return texts(stand, ROWS, instance, instance, instance);
    }

    private static List<String> texts(Stand stand, String sql, UUID... parameters) {
        return stand.database().with("read rows", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int index = 0; index < parameters.length; index++) {
                    statement.setObject(index + 1, parameters[index]);
                }
                List<String> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
                return found;
            }
        });
    }
}
