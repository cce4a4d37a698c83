package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.Held;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a subscription took: settled once its result is durable, and coming again otherwise. */
record Taken(Target target, Feed feed) implements Held {
    private static final Logger LOG = LoggerFactory.getLogger(Taken.class);

    @Override
    public void settle(boolean isDurable) {
        try (feed) {
            if (isDurable) {
                feed.acknowledge();
                feed.forget();
            }
        } catch (ConnectorFailure broken) {
            LOG.warn("A subscription to {} was not ended: {}", target, broken.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
