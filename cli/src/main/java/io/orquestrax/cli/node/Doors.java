package io.orquestrax.cli.node;

import io.orquestrax.dashboard.DashboardDoor;
import io.orquestrax.server.node.HttpDoor;
import java.util.List;

/** What a node of this product serves beside the API. */
public final class Doors {
    private Doors() {}

    public static List<HttpDoor> all() {
        return List.of(new DashboardDoor());
    }
}
