package io.orquestrax.server.partition;

import io.orquestrax.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads many instances; how many at a time is bounded over all its users. */
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
     * At the end of their histories, or as far as a partition waits for. Without those whose history cannot be understood, which are logged.
     *
     * @throws StoreException if the database cannot be read
     */
    List<HistoryReading> load(List<UUID> instances) throws InterruptedException {
        List<HistoryReading> readings = new ArrayList<>(instances.size());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < instances.size(); from += CHUNK) {
                List<Callable<Optional<HistoryReading>>> loads = new ArrayList<>();
                for (UUID instance : instances.subList(from, Math.min(instances.size(), from + CHUNK))) {
                    loads.add(() -> load(instance));
                }
                for (Future<Optional<HistoryReading>> loaded : executor.invokeAll(loads)) {
                    loaded.get().ifPresent(readings::add);
                }
            }
        } catch (ExecutionException failed) {
            throw new StoreException("Expected to read the running instances, but could not", failed);
        }
        return readings;
    }

    private Optional<HistoryReading> load(UUID instance) throws InterruptedException {
        permits.acquire();
        try {
            return Optional.of(begun(instance));
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException corrupt) {
            LOG.error("Instance {}: its history cannot be read, so it stays where it is", instance, corrupt);
            return Optional.empty();
        } finally {
            permits.release();
        }
    }

    private HistoryReading begun(UUID instance) {
        HistoryReading reading = history.reading(instance);
        reading.advance(LongHistories.MOST_AT_ONCE);
        return reading;
    }
}
