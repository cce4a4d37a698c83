package io.orquestrax.dashboard.schedules;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.store.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What starts instances by itself.
 *
 * @param nextHref null on the last page
 */
public record SchedulesPage(
        List<ScheduleLine> lines, @Nullable String nextHref) {

    public SchedulesPage {
        lines = List.copyOf(lines);
    }

    public static SchedulesPage of(Page<ScheduledTrigger> triggers) {
        List<ScheduleLine> lines = new ArrayList<>();
        for (ScheduledTrigger trigger : triggers.items()) {
            boolean isFirst = lines.isEmpty()
                    || !lines.getLast().definition().equals(trigger.row().definition());
            lines.add(new ScheduleLine(trigger, isFirst));
        }
        String next = triggers.nextToken();
        return new SchedulesPage(
                lines,
                next == null
                        ? null
                        : Address.of("/schedules").with("page", next).toString());
    }
}
