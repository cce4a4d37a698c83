package io.orquestrax.server.journal;

/** One ownership of a partition, from its claim until it is lost or released. */
public final class Tenure {
    private final int partition;
    private final long epoch;
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

    /** From now on nothing that was decided in it is written. */
    public void lose() {
        lost = true;
    }

    @Override
    public String toString() {
        return "partition " + partition + " in epoch " + epoch;
    }
}
