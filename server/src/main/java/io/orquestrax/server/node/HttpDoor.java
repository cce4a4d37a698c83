package io.orquestrax.server.node;

import com.linecorp.armeria.server.ServerBuilder;

/** Adds routes to a node's one port: the API does, and so does the dashboard. */
public interface HttpDoor {

    void open(ServerBuilder server, NodeServices services);
}
