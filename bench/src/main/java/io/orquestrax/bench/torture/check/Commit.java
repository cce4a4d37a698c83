package io.orquestrax.bench.torture.check;

import java.time.Instant;

/**
 * A transaction wrote events of a partition.
 *
 * @param application the process that did it
 */
record Commit(int partition, String transaction, String application, Instant at) {}
