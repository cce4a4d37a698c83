package io.orquestrax.dsl.expression.jq;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Compiles jq programs; safe for use by many threads. */
public final class JqCompiler {
    /** Longest program, in UTF-16 units. */
    static final int MAX_LENGTH = 100_000;
    /** Of a stack, in bytes, that takes a program of {@link JqParser#MAX_NESTING} levels in any case. */
    private static final long ROOM = 16L << 20;

    private final Builtins builtins = new Builtins();

    /**
     * @throws JqSyntaxException if it is no jq program, or calls a function that is not there
     */
    public JqProgram compile(String source) throws JqSyntaxException {
        if (source.length() > MAX_LENGTH) {
            throw new JqSyntaxException(
                    "Expected at most " + MAX_LENGTH + " characters, but found " + source.length(), 0);
        }
        try {
            return parsed(source);
        } catch (StackOverflowError littleRoom) {
            return parsedWithRoom(source);
        }
    }

    private JqProgram parsed(String source) throws JqSyntaxException {
        JqParser parser = new JqParser(source, builtins);
        return new JqProgram(source, parser.program(), parser.freeVariables());
    }

    /** Whether a program is taken must not depend on how deep its caller stands, nor on what is compiled by then. */
    private JqProgram parsedWithRoom(String source) throws JqSyntaxException {
        FutureTask<JqProgram> parsing = new FutureTask<>(() -> parsed(source));
        CompletableFuture.runAsync(
                        parsing,
                        Thread.ofPlatform().daemon().name("jq-compiler").stackSize(ROOM)::start)
                .join();
        if (parsing.state() == Future.State.SUCCESS) {
            return parsing.resultNow();
        }
        if (parsing.exceptionNow() instanceof JqSyntaxException wrong) {
            throw wrong;
        }
        throw new IllegalStateException("Could not compile a jq expression", parsing.exceptionNow());
    }

    Builtins builtins() {
        return builtins;
    }
}
