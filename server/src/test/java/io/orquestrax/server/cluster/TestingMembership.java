package io.orquestrax.server.cluster;

/** What happens to processes. */
public final class TestingMembership {
    private TestingMembership() {}

    /** Lets a membership say nothing, while its connection stands. */
    public static void freeze(Membership membership, boolean frozen) {
        membership.freeze(frozen);
    }

    /** Drops a membership's lock without a word. */
    public static void die(Membership membership) {
        membership.die();
    }
}
