package io.orquestrax.server.orchestration;

import io.orquestrax.store.instance.InstanceRow;

/**
 * What a start led to.
 *
 * @param isNew false when the same request with the same key had started the instance before
 */
public record Started(InstanceRow instance, boolean isNew) {}
