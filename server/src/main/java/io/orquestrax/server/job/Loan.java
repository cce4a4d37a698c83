package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.JobKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One time that a job was left to another node. What two nodes say of a job crosses on the way, so what is said of a loan
 * holds for no later one.
 *
 * @param number among all loans of the lender, from 1; {@link #UNNUMBERED} where one of the two does not know it
 */
record Loan(JobId job, long number) {
    static final long UNNUMBERED = 0;

    /** Whether what was said of this loan is said of the other one too. */
    boolean reaches(long other) {
        return number == UNNUMBERED || number >= other;
    }

    static List<Loan> readAll(List<JobKey> keys, List<Long> numbers) {
        boolean areNumbered = numbers.size() == keys.size();
        return IntStream.range(0, keys.size())
                .mapToObj(index -> read(keys.get(index), areNumbered ? numbers.get(index) : UNNUMBERED))
                .flatMap(Optional::stream)
                .toList();
    }

    static Optional<Loan> read(JobKey key, long number) {
        return JobKeys.read(key).map(job -> new Loan(job, number));
    }

    static List<JobKey> keys(List<Loan> loans) {
        return loans.stream().map(loan -> JobKeys.write(loan.job())).toList();
    }

    static List<Long> numbers(List<Loan> loans) {
        return loans.stream().map(Loan::number).toList();
    }
}
