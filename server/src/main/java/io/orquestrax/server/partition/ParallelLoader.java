package io.orquestrax.server.partition;

import io.orquestrax.engine.state.InstanceState;
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
     * Without those whose history cannot be understood, which are logged.
     *
     * @throws StoreException if the database cannot be read
     */
    List<InstanceState> load(List<UUID> instances) throws InterruptedException {
        List<InstanceState> states = new ArrayList<>(instances.size());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < instances.size(); from += CHUNK) {
                List<Callable<Optional<InstanceState>>> loads = new ArrayList<>();
                for (UUID instance : instances.subList(from, Math.min(instances.size(), from + CHUNK))) {
                    loads.add(() -> load(instance));
                }
                for (Future<Optional<InstanceState>> loaded : executor.invokeAll(loads)) {
                    loaded.get().ifPresent(states::add);
                }
            }
        } catch (ExecutionException failed) {
            throw new StoreException("Expected to read the running instances, but could not", failed);
        }
        return states;
    }

    private Optional<InstanceState> load(UUID instance) throws InterruptedException {
        permits.acquire();
        try {
            return Optional.of(history.load(instance));
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException corrupt) {
            LOG.error("Instance {}: its history cannot be read, so it stays where it is", instance, corrupt);
            return Optional.empty();
        } finally {
            permits.release();
        }
    }
}
