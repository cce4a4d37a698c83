package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Notice;
import org.jspecify.annotations.Nullable;

/** The page of one instance; each part of it is replaced on its own when it changes. */
public record InstancePage(
        InstanceHead head,
        Strip strip,
        StepsPanel steps,
        ChildrenPanel children,
        PayloadPanel payload,
        HistoryPanel history,
        @Nullable Notice notice) {}
