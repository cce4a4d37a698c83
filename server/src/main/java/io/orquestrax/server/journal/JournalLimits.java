package io.orquestrax.server.journal;

/**
 * What bounds the journal.
 *
 * @param lanes batches in flight at a time
 * @param batchRows most rows of a batch, unless a single entry has more
 * @param batchBytes at which a batch is full
 * @param queuedEntries that may wait in one lane
 */
public record JournalLimits(int lanes, int batchRows, long batchBytes, int queuedEntries) {}
