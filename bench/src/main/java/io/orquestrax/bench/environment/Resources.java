package io.orquestrax.bench.environment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was opened and is to be closed, the last one first. May be closed more than once, and by another thread. */
final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    /** Keeps what was just opened; where all has been closed meanwhile, closes it and throws. */
    <T extends AutoCloseable> T keep(T resource) {
        synchronized (opened) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        closeOne(resource);
        throw new IllegalStateException("Expected open resources, but they were closed meanwhile");
    }

    /** Closes one before the others. */
    void release(AutoCloseable resource) {
        boolean isOpen;
        synchronized (opened) {
            isOpen = opened.remove(resource);
        }
        if (isOpen) {
            closeOne(resource);
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> toClose;
        synchronized (opened) {
            closed = true;
            toClose = List.copyOf(opened);
            opened.clear();
        }
        toClose.forEach(Resources::closeOne);
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failure) {
            System.err.println("Expected to close " + resource + ", but " + failure);
        }
    }
}
