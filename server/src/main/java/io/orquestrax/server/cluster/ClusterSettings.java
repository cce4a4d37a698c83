package io.orquestrax.server.cluster;

import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.time.Duration;

/**
 * @param heartbeat how often a node says that it is there
 * @param staleAfter silence after which it is taken for dead
 */
public record ClusterSettings(String name, Duration heartbeat, Duration staleAfter) {

    /**
     * @throws InvalidSettingException if a node would be taken for dead between two heartbeats
     */
    public static ClusterSettings of(Settings settings) {
        ClusterSettings cluster = new ClusterSettings(
                settings.get(SettingCatalog.CLUSTER_NAME),
                settings.get(SettingCatalog.CLUSTER_HEARTBEAT),
                settings.get(SettingCatalog.CLUSTER_STALE_AFTER));
        if (cluster.heartbeat.compareTo(Duration.ofMillis(10)) < 0
                || cluster.heartbeat.multipliedBy(2).compareTo(cluster.staleAfter) > 0) {
            throw new InvalidSettingException("Expected " + SettingCatalog.CLUSTER_STALE_AFTER.name()
                    + " to be at least twice " + SettingCatalog.CLUSTER_HEARTBEAT.name()
                    + ", which is at least 10 ms, but they are " + cluster.staleAfter + " and " + cluster.heartbeat
                    + ".");
        }
        return cluster;
    }
}
