package io.orquestrax.server.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a partition's thread. Any thread adds, and that one takes.
 *
 * <p>Bounded for asks by their number, and for messages by the {@link Mailbox}; the partition's own are at most two a
 * decision in the journal.
 */
final class Inbox {
    /** For less the thread waits itself: setting the alarm would cost more. */
    private static final long SHORTEST_ALARM_NANOS = 1_000_000;

    private final int mostAsks;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Alarm alarm = new Alarm(atNanos -> messages.add(new Message.Due(atNanos)));
    private final AtomicInteger asks = new AtomicInteger();

    Inbox(int mostAsks) {
        this.mostAsks = mostAsks;
    }

    /** Asks that came and are not {@linkplain #settled settled}. */
    int asks() {
        return asks.get();
    }

    /** False where there are as many as may be. */
    boolean offer(Message.Ask ask) {
        if (asks.incrementAndGet() > mostAsks) {
            asks.decrementAndGet();
            return false;
        }
        messages.add(ask);
        return true;
    }

    /** One that was taken before, and is not turned away for others. */
    void addAgain(Message.Ask ask) {
        asks.incrementAndGet();
        messages.add(ask);
    }

    /** An ask is decided or turned away. */
    void settled() {
        asks.decrementAndGet();
    }

    void add(Message message) {
        messages.add(message);
    }

    /**
     * The next one; null once the time is over.
     *
     * @param untilDueNanos asked where nothing waits
     */
    @Nullable
    Message next(LongSupplier untilDueNanos) throws InterruptedException {
        Message message = messages.poll();
        if (message == null) {
            long nanos = untilDueNanos.getAsLong();
            if (nanos <= SHORTEST_ALARM_NANOS) {
                message = messages.poll(nanos, TimeUnit.NANOSECONDS);
            } else {
                alarm.within(nanos);
                message = messages.take();
            }
        }
        if (message instanceof Message.Due(long atNanos)) {
            alarm.rang(atNanos);
            return null;
        }
        return message;
    }

    /** Nothing is due any more, and what the last tenure left behind is of no interest. */
    void begin(Predicate<Message> isOfAnotherTenure) {
        alarm.clear();
        messages.removeIf(isOfAnotherTenure);
    }

    /** Nobody takes anything any more. */
    void end() {
        alarm.clear();
    }

    /** The asks that wait, which are out then. From any thread. */
    List<Message.Ask> takeAsks() {
        List<Message.Ask> waiting = new ArrayList<>();
        messages.removeIf(message -> message instanceof Message.Ask ask && waiting.add(ask));
        return waiting;
    }
}
