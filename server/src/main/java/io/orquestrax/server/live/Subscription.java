package io.orquestrax.server.live;

/** What somebody watches; ends when closed. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
