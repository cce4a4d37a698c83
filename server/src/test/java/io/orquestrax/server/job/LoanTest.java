package io.orquestrax.server.job;

import static io.orquestrax.server.job.TestingJobs.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.protocol.v1.JobKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoanTest {
    @Test
    void whatIsSaidOfALoanIsSaidOfThoseBeforeItAndNotOfThoseAfterIt() {
        Loan loan = new Loan(id(1), 5);

        assertThat(loan.reaches(4)).isTrue();
        assertThat(loan.reaches(5)).isTrue();
        assertThat(loan.reaches(6)).isFalse();
    }

    /** The version before knows no numbers. */
    @Test
    void whatIsSaidWithoutNumbersIsSaidOfAll() {
        List<Loan> loans = Loan.readAll(List.of(JobKeys.write(id(1)), JobKeys.write(id(2))), List.of());

        assertThat(loans).extracting(Loan::job).containsExactly(id(1), id(2));
        assertThat(loans).allSatisfy(loan -> assertThat(loan.reaches(6)).isTrue());
    }

    @Test
    void keepsTheNumbersOfTheOthersWhereOneKeyIsUnreadable() {
        List<Loan> loans = Loan.readAll(
                List.of(JobKeys.write(id(1)), JobKey.getDefaultInstance(), JobKeys.write(id(2))), List.of(1L, 2L, 3L));

        assertThat(loans).containsExactly(new Loan(id(1), 1), new Loan(id(2), 3));
    }
}
