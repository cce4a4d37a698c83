package io.orquestrax.server.connector.asyncapi;

import io.orquestrax.server.connector.ConnectorFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of a topic, from where the group has committed on. */
final class KafkaFeed implements Feed {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** How often partitions are looked for that the topic did not have when the subscription began. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** Records that are skipped in a row before they are committed. */
    private static final int MOST_SKIPPED = 500;

    private final KafkaBroker broker;
    private final Target target;
    private final Broker.Call call;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> given = new HashMap<>();
    private long lookedNanos = System.nanoTime();
    private int skipped;
    private int taken;

    KafkaFeed(
            KafkaBroker broker, Target target, Broker.Call call, String topic, KafkaConsumer<byte[], byte[]> consumer) {
        this.broker = broker;
        this.target = target;
        this.call = call;
        this.topic = topic;
        this.consumer = consumer;
    }

    /** Where nothing is committed yet, the present ends are, so that a later attempt begins there too. */
    void begin(Duration limit) throws ConnectorFailure, InterruptedException {
        Set<TopicPartition> partitions = partitions(limit);
        consumer.assign(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        consumer.committed(partitions).forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset);
            }
        });
        if (committed.isEmpty()) {
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> committed.put(partition, new OffsetAndMetadata(end)));
            consumer.commitSync(committed);
        }
        committed.forEach(consumer::seek);
        // What came to be since the subscription began was not there to be at its end. For none, it would mean all.
        Set<TopicPartition> added = without(partitions, committed.keySet());
        if (!added.isEmpty()) {
            consumer.seekToBeginning(added);
        }
    }

    /** A topic may be made by the first question for it, which is not answered then. */
    private Set<TopicPartition> partitions(Duration limit) throws ConnectorFailure, InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        Set<TopicPartition> partitions = known(limit);
        while (partitions.isEmpty()) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw Guarded.broken(target, new java.util.concurrent.TimeoutException("there is no topic " + topic));
            }
            Thread.sleep(PAUSE);
            partitions = known(Duration.ofNanos(left));
        }
        return partitions;
    }

    private Set<TopicPartition> known(Duration limit) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (PartitionInfo each : consumer.partitionsFor(topic, limit)) {
            partitions.add(new TopicPartition(topic, each.partition()));
        }
        return partitions;
    }

    private static Set<TopicPartition> without(Set<TopicPartition> all, Set<TopicPartition> some) {
        Set<TopicPartition> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Override
    public Optional<Message> next(Duration limit) throws ConnectorFailure, InterruptedException {
        try {
            if (fetched.isEmpty()) {
                lookForPartitions();
                consumer.poll(limit).forEach(fetched::add);
            }
            ConsumerRecord<byte[], byte[]> next = fetched.poll();
            if (next == null) {
                return Optional.empty();
            }
            given.put(
                    new TopicPartition(next.topic(), next.partition()),
                    new OffsetAndMetadata(next.offset() + 1, next.leaderEpoch(), ""));
            taken++;
            return Optional.of(message(next));
        } catch (KafkaException failed) {
            throw KafkaBroker.broken(target, failed);
        }
    }

    private void lookForPartitions() {
        if (System.nanoTime() - lookedNanos < LOOK_AGAIN.toNanos()) {
            return;
        }
        lookedNanos = System.nanoTime();
        Set<TopicPartition> assigned = consumer.assignment();
        Set<TopicPartition> known = new HashSet<>(assigned);
        try {
            known.addAll(known(PAUSE));
        } catch (TimeoutException notNow) {
            return;
        }
        if (known.size() > assigned.size()) {
            Set<TopicPartition> added = without(known, assigned);
            consumer.assign(known);
            consumer.seekToBeginning(added);
        }
    }

    private static Message message(ConsumerRecord<byte[], byte[]> from) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (from.key() != null) {
            headers.put(KafkaBroker.KEY, text(from.key()));
        }
        for (Header each : from.headers()) {
            headers.put(each.key(), each.value() == null ? "" : text(each.value()));
        }
        return new Message(from.value() == null ? new byte[0] : from.value(), headers);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Offsets count up: what is skipped is committed with what was taken before it, or by itself where nothing was. */
    @Override
    public void skip() throws ConnectorFailure, InterruptedException {
        taken--;
        skipped++;
        if (skipped >= MOST_SKIPPED && taken == 0) {
            acknowledge();
        }
    }

    @Override
    public void acknowledge() throws ConnectorFailure, InterruptedException {
        try {
            consumer.commitSync(given);
            given.clear();
            skipped = 0;
            taken = 0;
        } catch (KafkaException failed) {
            throw KafkaBroker.broken(target, failed);
        }
    }

    @Override
    public void forget() throws ConnectorFailure, InterruptedException {
        close();
        broker.forget(target, call);
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (InterruptException ending) {
            LOG.trace("The end of a connection was not waited for", ending);
        }
    }
}
