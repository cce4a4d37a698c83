package io.orquestrax.server.api;

import java.time.Duration;

/** What bounds a request at either door; the size of bodies is a setting. */
public final class Limits {
    /** Longest that a call for a result is held open. */
    public static final Duration WAIT = Duration.ofSeconds(60);

    /** What an answer may take beyond the wait that the caller asked for. */
    public static final Duration ANSWER_TIME = Duration.ofSeconds(15);

    public static final int PAGE_SIZE = 200;
    public static final int DEFAULT_PAGE_SIZE = 50;
    public static final int HISTORY_PAGE_SIZE = 1000;
    public static final int DEFAULT_HISTORY_PAGE_SIZE = 200;

    /** Characters of the reason that an action gives. */
    public static final int REASON_LENGTH = 2000;

    private Limits() {}
}
