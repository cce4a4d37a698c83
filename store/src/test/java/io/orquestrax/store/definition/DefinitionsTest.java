package io.orquestrax.store.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.store.InvalidPageTokenException;
import io.orquestrax.store.Page;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import io.orquestrax.store.definition.Definitions.Deployed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private final TestingDatabase testing = TestingPostgres.freshDatabase();
    private final Definitions definitions = new Definitions(testing.database());

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void keepsADefinitionAsItWasDeployed() {
        StoredDefinition definition = definition("shop", "order", "1.0.0", "hash-1");
        assertThat(definitions.deploy(definition)).isEqualTo(Deployed.CREATED);
        assertThat(definitions.find(definition.id())).contains(definition);
        assertThat(definitions.find(new DefinitionId("shop", "order", "2.0.0"))).isEmpty();
    }

    @Test
    void refusesOtherContentUnderTheSameVersion() {
        StoredDefinition first = definition("shop", "order", "1.0.0", "hash-1");
        definitions.deploy(first);
        assertThat(definitions.deploy(first)).isEqualTo(Deployed.UNCHANGED);
        assertThat(definitions.deploy(definition("shop", "order", "1.0.0", "hash-2")))
                .isEqualTo(Deployed.CONFLICT);
        assertThat(definitions.find(first.id())).contains(first);
    }

    @Test
    void createsOnceWhenDeployedAtOnce() throws Exception {
        List<Future<Deployed>> outcomes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 8; caller++) {
                String hash = "hash-" + caller % 2;
                outcomes.add(callers.submit(() -> definitions.deploy(definition("shop", "order", "1.0.0", hash))));
            }
        }
        List<Deployed> deployed = new ArrayList<>();
        for (Future<Deployed> outcome : outcomes) {
            deployed.add(outcome.get());
        }
        assertThat(deployed).filteredOn(Deployed.CREATED::equals).hasSize(1);
        assertThat(deployed).filteredOn(Deployed.UNCHANGED::equals).hasSize(3);
        assertThat(deployed).filteredOn(Deployed.CONFLICT::equals).hasSize(4);
    }

    @Test
    void findsTheHighestVersion() {
        for (String version : List.of("0.9.0", "1.0.0-rc.11", "1.0.0-rc.2", "0.10.0")) {
            definitions.deploy(definition("shop", "order", version, version));
        }
        assertThat(definitions.findHighest("shop", "order").orElseThrow().id().version())
                .isEqualTo("1.0.0-rc.11");
        definitions.deploy(definition("shop", "order", "1.0.0", "x"));
        assertThat(definitions.findHighest("shop", "order").orElseThrow().id().version())
                .isEqualTo("1.0.0");
        assertThat(definitions.findHighest("shop", "other")).isEmpty();
    }

    @Test
    void listsByNamespaceNameAndVersionPageByPage() {
        for (String name : List.of("pay", "order", "order-x")) {
            for (String version : List.of("1.9.0", "1.10.0", "1.10.0-a")) {
                definitions.deploy(definition("shop", name, version, "h"));
                definitions.deploy(definition("Bank", name, version, "h"));
            }
        }
        List<String> expected = new ArrayList<>();
        for (String namespace : List.of("Bank", "shop")) {
            for (String name : List.of("order", "order-x", "pay")) {
                for (String version : List.of("1.10.0", "1.10.0-a", "1.9.0")) {
                    expected.add(namespace + "/" + name + "/" + version);
                }
            }
        }
        for (int pageSize : List.of(1, 4, 18, 100)) {
            assertThat(names(null, null, pageSize)).isEqualTo(expected);
        }
        assertThat(names("shop", null, 2)).isEqualTo(expected.subList(9, 18));
        assertThat(names("shop", "order", 2)).isEqualTo(expected.subList(9, 12));
        assertThat(names(null, "pay", 2)).hasSize(6);
        assertThat(definitions.list(null, null, 1, null).items().getFirst().source())
                .isEmpty();
    }

    @Test
    void refusesATokenOfAnotherList() {
        definitions.deploy(definition("shop", "order", "1.0.0", "h"));
        definitions.deploy(definition("shop", "order", "1.0.1", "h"));
        String token = definitions.list("shop", null, 1, null).nextToken();
        assertThatThrownBy(() -> definitions.list("bank", null, 1, token))
                .isInstanceOf(InvalidPageTokenException.class);
    }

    private List<String> names(@Nullable String namespace, @Nullable String name, int pageSize) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            Page<StoredDefinition> page = definitions.list(namespace, name, pageSize, token);
            page.items().forEach(definition -> names.add(definition.id().toString()));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    private static StoredDefinition definition(String namespace, String name, String version, String hash) {
        return new StoredDefinition(
                new DefinitionId(namespace, name, version),
                hash,
                "Title",
                "",
                "document: \u00e9\n",
                Json.readTrusted("{\"http://schemas.test/a\": {\"const\": \"\\u0000\", \"maximum\": 1.10}}"),
                Instant.parse("2030-01-01T00:00:00.000001Z"),
                "somebody");
    }
}
