package io.orquestrax.store.node;

import io.orquestrax.store.Sql;

/** The locks of nodes whose connection stands, for statements that ask who lives. */
public final class HeldLocks {
    private static final String HELD = Sql.file(HeldLocks.class, "held.sql");

    private HeldLocks() {}

    /**
     * Lets a statement look into {@code held (key)}.
     *
     * @param statement without a WITH of its own, or one that begins with the comma behind another
     */
    public static String before(String statement) {
        return HELD + statement;
    }
}
