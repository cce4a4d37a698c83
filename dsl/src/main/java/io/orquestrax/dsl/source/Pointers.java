package io.orquestrax.dsl.source;

/** JSON pointers (RFC 6901), written step by step. */
public final class Pointers {
    private Pointers() {}

    /** The pointer of a member; the name is escaped. */
    public static String member(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public static String item(String pointer, int index) {
        return pointer + "/" + index;
    }
}
