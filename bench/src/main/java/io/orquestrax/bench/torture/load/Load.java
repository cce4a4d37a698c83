package io.orquestrax.bench.torture.load;

import io.orquestrax.sdk.OrquestraxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that start instances at a steady rate until they are told to stop, each accompanied to its end.
 *
 * <p>So many numbers are open at most: where the cluster does not keep up, the load waits for it.
 */
public final class Load implements AutoCloseable {
    private static final int MOST_OPEN = 400;
    private static final long ROOM_POLL_MILLIS = 200;

    private final List<Door> doors;
    private final ClientRecord record;
    private final long seed;
    private final long periodNanos;
    private final Semaphore room = new Semaphore(MOST_OPEN);
    private final Set<Thread> clients = ConcurrentHashMap.newKeySet();
    private final Thread pacer;
    private volatile boolean stopped;

    private Load(List<Door> doors, ClientRecord record, long seed, int perSecond) {
        this.doors = doors;
        this.record = record;
        this.seed = seed;
        this.periodNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.pacer = Thread.ofPlatform().name("load").daemon().unstarted(this::startUntilStopped);
    }

    /**
     * Deploys the workflows and begins.
     *
     * @param seed of what is started in which order, and of how long clients hesitate
     * @param grpc targets of the clients that use the SDK
     * @param rest addresses of the clients that use plain HTTP
     */
    public static Load begin(long seed, int perSecond, List<String> grpc, List<String> rest, ClientRecord record) {
        try (OrquestraxClient client = OrquestraxClient.connect(grpc.getFirst())) {
            for (Scenario scenario : Scenario.values()) {
                var _ = client.deploy(scenario.document());
            }
        }
        List<Door> doors = new ArrayList<>();
        for (int index = 0; index < grpc.size(); index++) {
            doors.add(new GrpcDoor("grpc-" + (index + 1), grpc.get(index)));
        }
        for (int index = 0; index < rest.size(); index++) {
            doors.add(new RestDoor("rest-" + (index + 1), rest.get(index)));
        }
        Load load = new Load(List.copyOf(doors), record, seed, perSecond);
        load.pacer.start();
        return load;
    }

    /** Nothing more is started; what is open goes on. */
    public void stop() throws InterruptedException {
        stopped = true;
        pacer.join();
    }

    /**
     * Waits until all that was started has ended.
     *
     * @return whether that came to be within the limit
     */
    public boolean settles(Duration limit) throws InterruptedException {
        return room.tryAcquire(MOST_OPEN, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever still waits is given up. */
    @Override
    public void close() {
        stopped = true;
        clients.forEach(Thread::interrupt);
        doors.forEach(Door::close);
    }

    private void startUntilStopped() {
        long next = System.nanoTime();
        for (long number = 1; !stopped; number++) {
            while (!stopped && System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            if (!hasRoom()) {
                return;
            }
            next = Math.max(next + periodNanos, System.nanoTime() - periodNanos);
            startOne(number);
        }
    }

    /** False when it is stopped first. */
    private boolean hasRoom() {
        try {
            while (!stopped) {
                if (room.tryAcquire(ROOM_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void startOne(long number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        Scenario scenario = Scenario.chosen(random.nextDouble());
        Door door = doors.get((int) (number % doors.size()));
        Client client = new Client(door, record, number, random);
        Thread thread = Thread.ofVirtual().name("client-" + number).unstarted(() -> accompany(client, scenario));
        clients.add(thread);
        thread.start();
    }

    private void accompany(Client client, Scenario scenario) {
        try {
            client.run(scenario);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(Thread.currentThread());
            room.release();
        }
    }
}
