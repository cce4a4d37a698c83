package io.orquestrax.sdk;

import java.util.List;

/** An instance and its steps after something was committed for it. */
public record InstanceUpdate(Instance instance, List<Activation> activations) {

    public InstanceUpdate {
        activations = List.copyOf(activations);
    }
}
