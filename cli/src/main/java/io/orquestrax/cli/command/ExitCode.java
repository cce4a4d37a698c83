package io.orquestrax.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the command tells its caller; released codes keep their meaning. */
public final class ExitCode {
    public static final int OK = 0;
    /** The instance faulted or was cancelled, or a document has errors. */
    public static final int WORKFLOW = 1;
    /** Wrong arguments, or a setting that cannot be. */
    public static final int USAGE = 2;
    /** The server, or what a server needs (a database, a port), cannot be had. */
    public static final int UNREACHABLE = 3;
    /** The server refused: the message holds its code. */
    public static final int REFUSED = 4;
    /** The instance was still open when {@code --timeout} was over. */
    public static final int STILL_OPEN = 5;
    /** A bug of ours. */
    public static final int INTERNAL = 70;

    private ExitCode() {}

    /** Code and meaning, in order, for the help. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(" 0", "done");
        meanings.put(" 1", "the instance faulted or was cancelled, or a document has errors");
        meanings.put(" 2", "wrong usage, or a setting that cannot be");
        meanings.put(" 3", "the server, or what a server needs (database, port), cannot be had");
        meanings.put(" 4", "the server refused; the message holds its code");
        meanings.put(" 5", "the instance was still open when --timeout was over");
        meanings.put("70", "a bug of ours; --debug shows where");
        return meanings;
    }
}
