package io.orquestrax.server.partition;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.job.Dispatcher;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Where the jobs of partitions go: the {@link Dispatcher}, or a double of it. Its methods return at once. */
public interface JobOutlet {

    void offer(JobOffer offer);

    void offerRecovered(List<JobOffer> offers);

    /**
     * With their partition.
     *
     * @param epoch of the partition's present tenure
     */
    void offerRecovered(List<JobOffer> offers, long epoch);

    void withdraw(JobId job);

    void hold(JobId job);

    /** The attempt is over, whoever reported that. */
    void ended(JobId job);

    void forget(Predicate<UUID> instances);

    /**
     * As {@link #forget}, before a partition is released.
     *
     * @param epoch of the tenure that ends
     * @param next the node that should own the partition
     */
    void handOver(Predicate<UUID> instances, long epoch, String next);

    static JobOutlet of(Dispatcher dispatcher) {
        return new JobOutlet() {
            @Override
            public void offer(JobOffer offer) {
                dispatcher.offer(offer);
            }

            @Override
            public void offerRecovered(List<JobOffer> offers) {
                dispatcher.offerRecovered(offers);
            }

            @Override
            public void offerRecovered(List<JobOffer> offers, long epoch) {
                dispatcher.offerRecovered(offers, epoch);
            }

            @Override
            public void withdraw(JobId job) {
                dispatcher.withdraw(job);
            }

            @Override
            public void hold(JobId job) {
                dispatcher.hold(job);
            }

            @Override
            public void ended(JobId job) {
                dispatcher.ended(job);
            }

            @Override
            public void forget(Predicate<UUID> instances) {
                dispatcher.forget(instances);
            }

            @Override
            public void handOver(Predicate<UUID> instances, long epoch, String next) {
                dispatcher.handOver(instances, epoch, next);
            }
        };
    }
}
