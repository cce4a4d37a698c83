package io.orquestrax.server.live;

import java.util.Set;
import java.util.UUID;

/**
 * What changed without a commit.
 *
 * @param instances whose jobs were taken, given up, or progressed
 * @param isOfWorkers whether workers came, went, or have other jobs than before
 * @param isOfTypes whether other types of jobs are taken than before, or by others
 */
public record WorkChange(Set<UUID> instances, boolean isOfWorkers, boolean isOfTypes) {

    public WorkChange {
        instances = Set.copyOf(instances);
    }
}
