package io.orquestrax.store.cloudevent;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes the keys under which an event may be listened for. */
@FunctionalInterface
public interface EventKeys {

    /**
     * @param shapes by type, the empty one for any, all that any subscription has
     */
    List<EventKey> of(KeptEvent event, Map<String, Set<String>> shapes);
}
