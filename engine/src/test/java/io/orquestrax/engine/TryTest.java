package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.orquestrax.dsl.plan.WorkflowError;
import org.junit.jupiter.api.Test;

/** What a try task does with errors. */
class TryTest {
    private static final String UNAVAILABLE = "https://example.com/errors/unavailable";

    private static final String RETRYING = """
            do:
              - pay:
                  try:
                    - charge:
                        call: charge
                  catch:
                    errors:
                      with:
                        status: 503
                    as: problem
                    retry:
                      delay: PT2S
                      backoff:
                        exponential: {}
                      limit:
                        attempt:
                          count: 2
                    do:
                      - note:
                          set:
                            failed: ${ $problem.status }
                            where: ${ $problem.instance }
            """;

    @Test
    void retriesWithBackoffAndThenRunsTheHandler() {
        TestingInstance instance = TestingInstance.of(RETRYING).start("{\"order\":1}");

        instance.fail("charge", UNAVAILABLE, 503);
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        assertThat(instance.state().wakeAt()).contains(instance.now().plusSeconds(2));

        instance.advance("PT2S").fail("charge", UNAVAILABLE, 503);
        assertThat(instance.state().wakeAt()).contains(instance.now().plusSeconds(4));

        instance.advance("PT4S").fail("charge", UNAVAILABLE, 503);
        assertThat(instance.output()).isEqualTo(json("{\"failed\":503,\"where\":\"/do/0/pay/try/0/charge\"}"));
    }

    @Test
    void keepsTheFurtherMembersOfAnError() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - pay:
                              try:
                                - charge:
                                    call: charge
                              catch:
                                when: .balance < 50
                                retry:
                                  when: $error.again
                                  delay: PT1S
                                do:
                                  - note:
                                      set: '${ $error }'
                        """).start("{}");

        instance.fail("charge", error("{\"type\":\"urn:e\",\"status\":402,\"balance\":30,\"again\":true}"), true, null);
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.restart();
        instance.advance("PT1S");
        instance.fail("charge", error("{\"type\":\"urn:e\",\"status\":402,\"balance\":30,\"of\":[1.10]}"), true, null);

        assertThat(instance.output()).isEqualTo(json("""
                        {"type":"urn:e","status":402,"instance":"/do/0/pay/try/0/charge","balance":30,"of":[1.10]}
                        """));
    }

    @Test
    void anInstanceFaultsWithTheFurtherMembersOfItsError() {
        TestingInstance instance =
                TestingInstance.of("do:\n  - charge:\n      call: charge\n").start("{}");

        instance.fail("charge", error("{\"type\":\"urn:e\",\"status\":402,\"balance\":30}"), true, null);

        assertThat(instance.error().members()).containsOnly(entry("balance", json("30")));
    }

    private static WorkflowError error(String json) {
        return WorkflowError.fromJson(json(json));
    }

    @Test
    void goesOnAfterARetryThatSucceeds() {
        TestingInstance instance = TestingInstance.of(RETRYING).start("{\"order\":1}");

        instance.fail("charge", UNAVAILABLE, 503).advance("PT2S");
        assertThat(instance.job("charge").arguments()).isEqualTo(json("{\"order\":1}"));
        instance.complete("charge", "{\"paid\":true}");

        assertThat(instance.output()).isEqualTo(json("{\"paid\":true}"));
    }

    @Test
    void letsOtherErrorsPass() {
        TestingInstance instance = TestingInstance.of(RETRYING).start("{}");

        instance.fail("charge", "https://example.com/errors/declined", 402);

        assertThat(instance.error().status()).isEqualTo(402);
        assertThat(instance.error().instance()).isEqualTo("/do/0/pay/try/0/charge");
    }

    @Test
    void passesTheErrorOnWhereRetriesAreUsedUpAndNoHandlerIsGiven() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - pay:
                              try:
                                - charge:
                                    call: charge
                              catch:
                                retry:
                                  limit:
                                    attempt:
                                      count: 1
                        """).start("{}");

        instance.fail("charge", UNAVAILABLE, 503).advance("PT0S").fail("charge", UNAVAILABLE, 503);

        assertThat(instance.error().status()).isEqualTo(503);
    }

    @Test
    void goesOnWithItsInputWhereACaughtErrorHasNoHandler() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - attempt:
                              try:
                                - fail:
                                    raise:
                                      error: { type: "https://example.com/e", status: 400 }
                              catch: {}
                          - next:
                              set: '${ { got: . } }'
                        """).start("{\"a\":1}");

        assertThat(instance.output()).isEqualTo(json("{\"got\":{\"a\":1}}"));
    }

    @Test
    void comparesStandardTypesWhateverTheirSpelling() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - attempt:
                              try:
                                - divide:
                                    set: ${ 1 / 0 }
                              catch:
                                errors:
                                  with:
                                    type: https://serverlessworkflow.io/dsl/errors/types/expression
                                as: err
                                do:
                                  - note:
                                      set: ${ $err.status }
                        """).start("{}");

        assertThat(instance.output()).isEqualTo(json("400"));
    }

    @Test
    void asksWhenAndExceptWhenOfTheErrorItself() {
        String body = """
                do:
                  - attempt:
                      try:
                        - fail:
                            raise:
                              error: { type: "https://example.com/e", status: 418 }
                      catch:
                        as: e
                        when: .status == 418 and $e.status == 418 and $input.n > 0
                        exceptWhen: $input.n > 1
                        do:
                          - note:
                              set: { caught: true }
                """;

        assertThat(TestingInstance.of(body).start("{\"n\":1}").output()).isEqualTo(json("{\"caught\":true}"));
        assertThat(TestingInstance.of(body).start("{\"n\":2}").error().status()).isEqualTo(418);
    }

    @Test
    void passesAnErrorOfTheHandlerToTheTryAround() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - outer:
                              try:
                                - inner:
                                    try:
                                      - one:
                                          raise:
                                            error: { type: "https://example.com/one", status: 401 }
                                    catch:
                                      do:
                                        - two:
                                            raise:
                                              error: { type: "https://example.com/two", status: 402 }
                              catch:
                                as: e
                                do:
                                  - note:
                                      set: ${ $e.status }
                        """).start("{}");

        assertThat(instance.output()).isEqualTo(json("402"));
    }

    @Test
    void followsTheCatchsOwnThenOnTheErrorsPath() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - attempt:
                              try:
                                - fail:
                                    raise:
                                      error: { type: "https://example.com/e", status: 400 }
                              catch:
                                then: repair
                              then: end
                          - skipped:
                              set: { skipped: true }
                              then: end
                          - repair:
                              set: { repaired: true }
                        """).start("{}");

        assertThat(instance.output()).isEqualTo(json("{\"repaired\":true}"));
    }

    @Test
    void endsAnAttemptThatTakesTooLong() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - slow:
                              try:
                                - work:
                                    call: work
                              catch:
                                retry:
                                  delay: PT1S
                                  limit:
                                    attempt:
                                      count: 1
                                      duration: PT10S
                                do:
                                  - note:
                                      set: { late: true }
                        """).start("{}");

        instance.advance("PT10S");
        assertThat(instance.jobs()).as("withdrawn").isEmpty();
        instance.advance("PT1S");
        assertThat(instance.jobs()).hasSize(1);
        instance.advance("PT10S");

        assertThat(instance.output()).isEqualTo(json("{\"late\":true}"));
    }

    @Test
    void stopsRetryingWhereTheNextAttemptWouldComeTooLate() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - attempt:
                              try:
                                - work:
                                    call: work
                              catch:
                                retry:
                                  delay: PT4S
                                  limit:
                                    duration: PT6S
                        """).start("{}");

        instance.fail("work", UNAVAILABLE, 503).advance("PT4S").fail("work", UNAVAILABLE, 503);

        assertThat(instance.error().status()).isEqualTo(503);
    }

    @Test
    void withdrawsTheJobOfAnAttemptWhoseTimeoutNobodyCatches() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - slow:
                              try:
                                - work:
                                    call: work
                              catch:
                                errors: { with: { status: 503 } }
                                retry:
                                  limit: { attempt: { duration: PT10S } }
                        """).start("{}").advance("PT10S");

        assertThat(instance.error().status()).isEqualTo(408);
        assertThat(instance.error().instance()).isEqualTo("/do/0/slow");
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void drawsTheSameJitterForTheSameDecision() {
        String body = """
                do:
                  - attempt:
                      try:
                        - work:
                            call: work
                      catch:
                        retry:
                          delay: PT1S
                          jitter:
                            from: PT0S
                            to: PT10S
                """;
        TestingInstance one = TestingInstance.of(body).start("{}").fail("work", UNAVAILABLE, 503);
        TestingInstance two = TestingInstance.of(body).start("{}").fail("work", UNAVAILABLE, 503);

        assertThat(one.state().wakeAt()).isEqualTo(two.state().wakeAt());
        assertThat(one.state().wakeAt().orElseThrow())
                .isBetween(one.now().plusSeconds(1), one.now().plusSeconds(11));
    }
}
