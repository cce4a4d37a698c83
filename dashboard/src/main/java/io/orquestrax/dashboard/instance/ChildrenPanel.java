package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.instances.InstanceLine;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.Page;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The instances that tasks of this one started, newest first.
 *
 * @param lines what is shown of them
 * @param allHref the whole list; null where this is all
 */
public record ChildrenPanel(
        List<InstanceLine> lines, @Nullable String allHref) {
    /** More than a page of its own are better read in the list. */
    public static final int SHOWN = 10;

    /** Of an instance that started none. */
    public static final ChildrenPanel NONE = new ChildrenPanel(List.of(), null);

    public ChildrenPanel {
        lines = List.copyOf(lines);
    }

    static ChildrenPanel of(UUID parent, Page<InstanceRow> children) {
        return new ChildrenPanel(
                children.items().stream().map(InstanceLine::of).toList(),
                children.nextToken() == null ? null : Address.childrenOf(parent));
    }
}
