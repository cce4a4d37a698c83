package io.orquestrax.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.Sql;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.TestingPostgres;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class JournalPlanTest {

    @Test
    void readsNoTableFromEndToEndEvenWhereNothingIsKnownOfTheTables() {
        assertThat(plan(JournalSession.withConsequences()))
                .contains("using partition_pkey")
                .contains("using business_key_pkey")
                .doesNotContain("Seq Scan");
    }

    /** Arrays that are read in FROM are kept as tables first, which takes about an eighth of the whole statement's time. */
    @Test
    void keepsEventsAndInstancesInNoTableBeforeTheyAreWritten() {
        assertThat(plan(JournalSession.WRITE).lines().map(String::strip))
                .filteredOn(line -> line.contains("Function Scan"))
                .singleElement()
                .asString()
                .contains("Function Scan on claim");
    }

    private static String plan(String written) {
        String sql = written;
        int parameters = 0;
        while (sql.contains("?")) {
            parameters++;
            sql = sql.replaceFirst("\\?", Matcher.quoteReplacement("$" + parameters));
        }
        String prepare = Sql.file(JournalSession.class, "session-settings.sql") + "PREPARE batch AS " + sql;
        String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
        try (TestingDatabase testing = TestingPostgres.freshDatabase()) {
            return testing.database().with("explain", connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(prepare);
                    StringBuilder lines = new StringBuilder();
                    try (ResultSet row = statement.executeQuery("EXPLAIN EXECUTE batch (" + nulls + ")")) {
                        while (row.next()) {
                            lines.append(row.getString(1)).append('\n');
                        }
                    }
                    return lines.toString();
                }
            });
        }
    }
}
