package io.orquestrax.server.journal;

import java.util.concurrent.CountDownLatch;

/** One ownership of a partition, from its claim until it is lost or released. */
public final class Tenure {
    private final int partition;
    private final long epoch;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean ended;
    private volatile boolean lost;

    public Tenure(int partition, long epoch) {
        this.partition = partition;
        this.epoch = epoch;
    }

    public int partition() {
        return partition;
    }

    public long epoch() {
        return epoch;
    }

    public boolean isLost() {
        return lost;
    }

    /** Whether nothing may be decided in it any more. */
    public boolean isOver() {
        return ended || lost;
    }

    /** From now on nothing is decided in it; what was decided is still written. */
    public void end() {
        ended = true;
    }

    /** The partition has thrown its memory of this tenure away. */
    public void left() {
        left.countDown();
    }

    public void awaitLeft() throws InterruptedException {
        left.await();
    }

    /** From now on nothing that was decided in it is written. */
    public void lose() {
        lost = true;
    }

    @Override
    public String toString() {
        return "partition " + partition + " in epoch " + epoch;
    }
}
