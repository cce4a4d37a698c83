package io.orquestrax.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** What a failure's code (PostgreSQL manual, appendix A) says of the connection and of trying again. */
public record SqlState(String code) {
    /** Shut down by an administrator, crashed, starting or stopping, database dropped, idle session ended. */
    private static final Set<String> SERVER_LEAVES = Set.of("57P01", "57P02", "57P03", "57P04", "57P05");

    /** Serialization failure, deadlock, lock not available, I/O error, read-only transaction (a standby). */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03", "58030", "25006");

    public static SqlState of(SQLException failure) {
        return new SqlState(Objects.requireNonNullElse(failure.getSQLState(), ""));
    }

    /** The connection is gone: whether the statement took effect is unknown. */
    public boolean isConnectionLost() {
        return code.startsWith("08") || SERVER_LEAVES.contains(code);
    }

    /** The statement took no effect, and the same one may succeed later: resources are short, or others were in the way. */
    public boolean isPassing() {
        return code.startsWith("53") || PASSING.contains(code);
    }

    boolean mayArriveLater() {
        return isConnectionLost() || code.startsWith("53");
    }
}
