package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import org.junit.jupiter.api.Test;

/** Calls of functions that the document defines. */
class FunctionTest {
    private static final String GREET = """
            use:
              functions:
                greet:
                  do:
                    - ask:
                        call: ask
                        with: { who: '${ .name }' }
                    - answer:
                        set: '${ { greeting: . } }'
                  output: { as: .greeting }
            do:
              - hello:
                  call: greet
                  with: { name: '${ .who }' }
                  timeout: { after: PT10S }
                  output: { as: '${ { said: . } }' }
            """;

    @Test
    void theArgumentsAreItsInputAndItsOutputIsTheCalls() {
        TestingInstance instance = TestingInstance.of(GREET).start("{\"who\":\"Ada\"}");
        assertThat(instance.job("ask").arguments()).isEqualTo(json("{\"who\":\"Ada\"}"));

        instance.restart();

        assertThat(instance.complete("ask", "\"hi\"").output()).isEqualTo(json("{\"said\":\"hi\"}"));
    }

    @Test
    void itsErrorsPointIntoItsBodyAndAreRetriedByHand() {
        TestingInstance instance = TestingInstance.of(GREET).start("{}").fail("ask", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/use/functions/greet/do/0/ask");

        instance.restart();
        instance.send(new Command.RetryInstance("tester", null));
        assertThat(instance.complete("ask", "1").output()).isEqualTo(json("{\"said\":1}"));
    }

    @Test
    void timesOutWithItsJob() {
        TestingInstance instance = TestingInstance.of(GREET).start("{}").advance("PT10S");

        assertThat(instance.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/hello");
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void isCalledByManyAtATime() {
        TestingInstance instance = TestingInstance.of("""
                        use:
                          functions:
                            double: { set: '${ . * 2 }' }
                        do:
                          - both:
                              fork:
                                branches:
                                  - one: { call: double, with: { n: 1 }, input: { from: .n } }
                                  - two: { do: [ { inner: { call: double, input: { from: .n + 1 } } } ] }
                        """).start("{\"n\":1}");

        assertThat(instance.error().type()).isEqualTo(StandardError.EXPRESSION.type());
        assertThat(instance.error().instance()).isEqualTo("/use/functions/double");
    }
}
