package io.orquestrax.server.partition;

import io.orquestrax.engine.Decider;
import io.orquestrax.server.journal.Journal;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.store.instance.InstanceQueries;
import java.time.Clock;
import java.time.Duration;

/**
 * What all partitions of a node share.
 *
 * @param queueLimit commands from outside that may wait in one partition
 * @param startPatience how long a start may wait for its decision before the partition takes no more
 * @param snapshotInterval events of an instance between two snapshots
 * @param recoveryParallelism instances that are read at the same time, over all partitions
 */
public record PartitionParts(
        Decider decider,
        PlanCache plans,
        InstanceQueries queries,
        Journal journal,
        CommitFeed feed,
        MessageParts messaging,
        MemoryPolicy memory,
        Lease lease,
        Clock clock,
        int queueLimit,
        Duration startPatience,
        int snapshotInterval,
        int recoveryParallelism) {}
