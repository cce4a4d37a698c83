package io.orquestrax.server.api;

import io.orquestrax.engine.activation.Activation;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;

/** An instance and its steps, as a watcher sees them at one moment. */
public record InstanceView(InstanceRow instance, List<Activation> activations) {

    public InstanceView {
        activations = List.copyOf(activations);
    }

    /** Blocks. The row comes first, so that a closed one has all its steps beside it. */
    static InstanceView read(Orchestration orchestration, Caller caller, UUID id) {
        InstanceRow instance = orchestration.instance(caller, id);
        return new InstanceView(instance, orchestration.activations(caller, id));
    }
}
