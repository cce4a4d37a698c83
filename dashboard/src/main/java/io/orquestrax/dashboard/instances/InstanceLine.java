package io.orquestrax.dashboard.instances;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of the list. */
public record InstanceLine(
        UUID id,
        Mark mark,
        DefinitionId definition,
        @Nullable String key,
        Instant startedAt,
        @Nullable Instant closedAt) {

    public static InstanceLine of(InstanceRow row) {
        return new InstanceLine(
                row.id(), Mark.of(row.status()), row.definition(), row.key(), row.startedAt(), row.closedAt());
    }

    public String href() {
        return Address.instance(id);
    }
}
