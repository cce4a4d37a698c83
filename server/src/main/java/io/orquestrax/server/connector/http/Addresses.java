package io.orquestrax.server.connector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. */
@FunctionalInterface
public interface Addresses {

    /**
     * Blocks; ends when the thread is interrupted.
     *
     * @param host a name or an address
     * @return at least one
     */
    List<InetAddress> of(String host) throws UnknownHostException, InterruptedException;
}
