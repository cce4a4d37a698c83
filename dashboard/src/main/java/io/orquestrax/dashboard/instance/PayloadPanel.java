package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.store.instance.InstanceRow;
import org.jspecify.annotations.Nullable;

/** What went in and what came out, or why nothing did. */
public record PayloadPanel(
        @Nullable JsonView input,
        @Nullable JsonView output,
        @Nullable JsonView error,
        boolean isOpen) {

    public static PayloadPanel of(InstanceRow row) {
        String raw = Address.rawInstance(row.id());
        return new PayloadPanel(
                JsonView.ofText(row.input(), raw),
                JsonView.ofText(row.output(), raw),
                JsonView.ofText(row.error(), raw),
                !row.status().isClosed());
    }
}
