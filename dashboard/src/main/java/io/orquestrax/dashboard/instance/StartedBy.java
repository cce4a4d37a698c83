package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.store.instance.InstanceRow;
import org.jspecify.annotations.Nullable;

/**
 * What started an instance where no caller did.
 *
 * @param text the schedule with its trigger, or the parent's id
 * @param href where that is shown
 */
public record StartedBy(String text, String href) {

    static @Nullable StartedBy of(InstanceRow row) {
        return switch (row.origin()) {
            case null -> null;
            case Origin.Parent parent ->
                new StartedBy(ShortText.id(parent.instance().toString()), Address.instance(parent.instance()));
            case Origin.Schedule(String trigger) ->
                new StartedBy(
                        trigger.equals("manual") ? "schedule, by hand" : "schedule (" + trigger + ")", "/schedules");
        };
    }
}
