package io.orquestrax.server.partition;

import io.orquestrax.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads many instances; how many reads there are at a time is bounded over all its users. */
final class ParallelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ParallelLoader.class);

    private static final int CHUNK = 500;

    private final InstanceHistory history;
    private final Semaphore permits;

    ParallelLoader(InstanceHistory history, int parallelism) {
        this.history = history;
        this.permits = new Semaphore(parallelism);
    }

    /**
     * At the end of their histories, or as far as a partition waits for. Without those whose history cannot be
     * understood, which are logged.
     *
     * @throws StoreException if the database cannot be read
     */
    List<HistoryReading> load(List<UUID> instances) throws InterruptedException {
        Map<UUID, HistoryReading> readings = new HashMap<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<UUID> chunk : slices(instances, CHUNK)) {
                read(
                        executor,
                        slices(chunk, InstanceHistory.MOST_TOGETHER).stream()
                                .<Callable<List<HistoryReading>>>map(slice -> () -> together(slice))
                                .toList(),
                        readings);
                read(
                        executor,
                        chunk.stream()
                                .filter(instance -> !readings.containsKey(instance))
                                .<Callable<List<HistoryReading>>>map(instance -> () -> alone(instance))
                                .toList(),
                        readings);
            }
        }
        return instances.stream().map(readings::get).filter(Objects::nonNull).toList();
    }

    private static void read(
            ExecutorService executor, List<Callable<List<HistoryReading>>> loads, Map<UUID, HistoryReading> readings)
            throws InterruptedException {
        try {
            for (Future<List<HistoryReading>> loaded : executor.invokeAll(loads)) {
                loaded.get().forEach(reading -> readings.put(reading.instance(), reading));
            }
        } catch (ExecutionException failed) {
            throw new StoreException("Expected to read the running instances, but could not", failed);
        }
    }

    private static List<List<UUID>> slices(List<UUID> instances, int size) {
        List<List<UUID>> slices = new ArrayList<>();
        for (int from = 0; from < instances.size(); from += size) {
            slices.add(instances.subList(from, Math.min(instances.size(), from + size)));
        }
        return slices;
    }

    private List<HistoryReading> together(List<UUID> instances) throws InterruptedException {
        permits.acquire();
        try {
            return history.shortReadings(instances);
        } finally {
            permits.release();
        }
    }

    private List<HistoryReading> alone(UUID instance) throws InterruptedException {
        permits.acquire();
        try {
            HistoryReading reading = history.reading(instance);
            reading.advance(LongHistories.MOST_AT_ONCE);
            return List.of(reading);
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException corrupt) {
            LOG.error("Instance {}: its history cannot be read, so it stays where it is", instance, corrupt);
            return List.of();
        } finally {
            permits.release();
        }
    }
}
