package io.orquestrax.bench.torture.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A partition changed hands, or was let go.
 *
 * @param owner id of the node that has it from now on; null where it was released
 * @param application the process that did it
 */
record Claim(int partition, long epoch, @Nullable String owner, String application, Instant at) {}
