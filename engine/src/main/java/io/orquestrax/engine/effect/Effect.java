package io.orquestrax.engine.effect;

/** What must happen outside after the events are durable. */
public sealed interface Effect {

    /** Hand this attempt to a worker; of no effect where it is queued or with a worker already. */
    record OfferJob(JobOffer offer) implements Effect {}

    /** The attempt's result no longer matters: take it from the queue, or tell its worker to stop. */
    record WithdrawJob(long activation, int attempt) implements Effect {}

    /** The instance is suspended: take the attempt from the queue, unless a worker has it already. */
    record HoldJob(long activation, int attempt) implements Effect {}

    /** The decision came to its limit of tasks: send ContinueInstance. */
    record ContinueLater() implements Effect {}
}
