package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.command.Reply.Refusal;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.state.InstanceState;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The fork task: branches side by side, joined or in competition. */
class ForkTest {
    private static final String JOINED = """
            do:
              - both:
                  fork:
                    branches:
                      - left:
                          call: left
                      - right:
                          do:
                            - first:
                                call: right
                            - second:
                                set: '${ { right: . } }'
                      - quick:
                          set: '"quick"'
            """;
    private static final String RACE = """
            do:
              - race:
                  fork:
                    compete: true
                    branches:
                      - one:
                          call: one
                      - two:
                          do:
                            - work:
                                call: two
                      - three:
                          do:
                            - rest:
                                wait: PT1H
              - report:
                  set: '${ { winner: . } }'
            """;

    @Test
    void aBranchWithoutAnEndLeavesTheOthersTheirTurns() {
        Plan plan = TestingInstance.plan("""
                do:
                  - race:
                      fork:
                        compete: true
                        branches:
                          - endless:
                              do:
                                - again: { set: '${ 1 }', then: again }
                          - modest:
                              do:
                                - work: { call: work }
                                - wrap: { set: '${ [.] }' }
                """);
        Decider decider = new Decider("test");
        Command next = new Command.StartInstance(null, json("{}"), Map.of(), "tester");
        InstanceState state = InstanceState.unborn(new UUID(1, 2));

        for (int slice = 0; slice < 100 && !state.status().isClosed(); slice++) {
            state = decider.decide(state, next, TestingInstance.START, plan).state();
            next = Decider.openJobs(state).stream()
                    .<Command>map(job -> new Command.CompleteJob(
                            job.activation(), job.attempt(), "worker", TestingInstance.START, json("7")))
                    .findFirst()
                    .orElse(new Command.ContinueInstance());
        }

        assertThat(state.output()).contains(json("[7]"));
    }

    @Test
    void joinsOutputsInTheOrderOfDeclaration() {
        TestingInstance instance = TestingInstance.of(JOINED).start("{\"n\":1}");
        assertThat(instance.job("left").arguments()).isEqualTo(json("{\"n\":1}"));
        assertThat(instance.job("right").arguments()).isEqualTo(json("{\"n\":1}"));
        assertThat(instance.job("right").task()).isEqualTo("/do/0/both/fork/branches/1/right/do/0/first");

        instance.complete("right", "2");
        instance.restart();
        instance.complete("left", "1");

        assertThat(instance.output()).isEqualTo(json("[1,{\"right\":2},\"quick\"]"));
    }

    @Test
    void theFirstToCompleteWinsAndTheOthersAreCancelled() {
        TestingInstance instance = TestingInstance.of(RACE).start("{}");
        JobOffer loser = instance.job("one");

        instance.complete("two", "\"two\"");

        assertThat(instance.output()).isEqualTo(json("{\"winner\":\"two\"}"));
        assertThat(instance.jobs()).isEmpty();
        assertThat(instance.complete(loser, "{}")).isEqualTo(new Reply.Refused(Refusal.INSTANCE_CLOSED));
        assertThat(instance.state().wakeAt()).isEmpty();
    }

    @Test
    void theResultOfALoserIsStale() {
        TestingInstance instance = TestingInstance.of(RACE + """
                  - last:
                      call: last
                """).start("{}");
        JobOffer loser = instance.job("one");
        instance.complete("two", "\"two\"");

        assertThat(instance.complete(loser, "{}")).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.state().wakeAt()).as("the wait of a loser").isEmpty();
    }

    @Test
    void aCompetitorThatFailsDropsOut() {
        TestingInstance instance = TestingInstance.of(RACE).start("{}");

        instance.fail("two", "https://example.com/e", 500);
        assertThat(instance.state().status()).isEqualTo(Status.RUNNING);
        instance.fail("one", "https://example.com/e", 500);
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.restart();
        instance.advance("PT1H");

        assertThat(instance.output()).isEqualTo(json("{\"winner\":{}}"));
    }

    @Test
    void theLastErrorGoesOnWhereAllCompetitorsFail() {
        String body = """
                do:
                  - guarded:
                      try:
                        - race:
                            fork:
                              compete: true
                              branches:
                                - one:
                                    do:
                                      - work:
                                          call: one
                                - two:
                                    call: two
                      catch:
                        errors: { with: { status: %d } }
                        as: e
                        do:
                          - note:
                              set: ${ $e.instance }
                """;
        TestingInstance caught = TestingInstance.of(body.formatted(502))
                .start("{}")
                .fail("two", "https://example.com/two", 501)
                .fail("one", "https://example.com/one", 502);
        assertThat(caught.output()).isEqualTo(json("\"/do/0/guarded/try/0/race/fork/branches/0/one/do/0/work\""));

        TestingInstance faulted = TestingInstance.of(body.formatted(400))
                .start("{}")
                .fail("two", "https://example.com/two", 501)
                .fail("one", "https://example.com/one", 502);
        assertThat(faulted.error().type()).isEqualTo("https://example.com/one");

        faulted.restart();
        faulted.send(new Command.RetryInstance("tester", null));
        assertThat(faulted.jobs()).extracting(JobOffer::type).containsExactlyInAnyOrder("one", "two");
        assertThat(faulted.complete("one", "\"again\"").output()).isEqualTo(json("\"again\""));
    }

    @Test
    void theFirstErrorGoesOnAndACatchCancelsTheOthers() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - guarded:
                              try:
                                - both:
                                    fork:
                                      branches:
                                        - left:
                                            call: left
                                        - right:
                                            do:
                                              - work:
                                                  call: right
                              catch:
                                as: e
                                do:
                                  - note:
                                      set: ${ $e.instance }
                        """).start("{}").fail("left", "https://example.com/e", 500);

        assertThat(instance.output()).isEqualTo(json("\"/do/0/guarded/try/0/both/fork/branches/0/left\""));
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void aRetryByHandGoesOnWithTheFailedBranchAndItsOpenSiblings() {
        TestingInstance instance = TestingInstance.of(JOINED).start("{}");
        JobOffer sibling = instance.job("left");
        instance.fail("right", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/both/fork/branches/1/right/do/0/first");
        assertThat(instance.jobs()).isEmpty();

        instance.restart();
        instance.send(new Command.RetryInstance("tester", null));

        assertThat(instance.complete(sibling, "{}")).isEqualTo(new Reply.Refused(Refusal.JOB_STALE));
        assertThat(instance.job("left").attempt()).isEqualTo(2);
        instance.complete("left", "1").complete("right", "2");
        assertThat(instance.output()).isEqualTo(json("[1,{\"right\":2},\"quick\"]"));
    }

    @Test
    void retriesABranchThatIsOneTask() {
        TestingInstance instance = TestingInstance.of(JOINED).start("{}").fail("left", "https://example.com/e", 500);

        instance.send(new Command.RetryInstance("tester", null));

        instance.complete("left", "1").complete("right", "2");
        assertThat(instance.output()).isEqualTo(json("[1,{\"right\":2},\"quick\"]"));
    }

    @Test
    void endInABranchCompletesTheWorkflowAndExitTheBranch() {
        String body = """
                do:
                  - both:
                      fork:
                        branches:
                          - left:
                              call: left
                          - right:
                              do:
                                - work:
                                    call: right
                                - choose:
                                    switch:
                                      - now: { when: . != null, then: %s }
                                - more:
                                    set: '"more"'
                """;
        TestingInstance ended =
                TestingInstance.of(body.formatted("end")).start("{}").complete("right", "\"ended\"");
        assertThat(ended.output()).isEqualTo(json("\"ended\""));
        assertThat(ended.jobs()).isEmpty();

        TestingInstance left = TestingInstance.of(body.formatted("exit"))
                .start("{}")
                .complete("right", "\"exit\"")
                .complete("left", "\"left\"");
        assertThat(left.output()).isEqualTo(json("[\"left\",\"exit\"]"));
    }

    @Test
    void branchesShareTheContextInTheOrderOfTheirEvents() {
        TestingInstance instance =
                TestingInstance.of("""
                        output: { as: $context }
                        do:
                          - both:
                              fork:
                                branches:
                                  - left:
                                      call: left
                                      export: { as: '${ $context + { last: "left", left: true } }' }
                                  - right:
                                      call: right
                                      export: { as: '${ $context + { last: "right", right: true } }' }
                        """).start("{}").complete("right", "1").complete("left", "1");

        assertThat(instance.output()).isEqualTo(json("{\"last\":\"left\",\"right\":true,\"left\":true}"));
    }

    @Test
    void timesOutWithAllItsBranches() {
        TestingInstance instance =
                TestingInstance.of(JOINED + "      timeout: { after: PT5S }\n").start("{}");

        instance.advance("PT5S");

        assertThat(instance.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/both");
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void suspendsAllBranchesAndCancelsThem() {
        TestingInstance instance = TestingInstance.of(JOINED).start("{}");
        instance.send(new Command.SuspendInstance("tester", null));
        assertThat(instance.jobs()).isEmpty();
        instance.send(new Command.ResumeInstance("tester", null));
        assertThat(instance.jobs()).hasSize(2);

        instance.send(new Command.CancelInstance("tester", null));
        assertThat(instance.jobs()).isEmpty();
        assertThat(instance.state().frames()).isEmpty();
    }

    @Test
    void aSkippedBranchHandsOnItsInput() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - both:
                              fork:
                                branches:
                                  - never:
                                      if: 'false'
                                      set: '"never"'
                                  - always:
                                      set: '"always"'
                        """).start("1");

        assertThat(instance.output()).isEqualTo(json("[1,\"always\"]"));
    }

    @Test
    void runsAForkInAForkInALoop() {
        TestingInstance instance =
                TestingInstance.of("""
                        do:
                          - loop:
                              for: { in: '[1, 2]' }
                              do:
                                - outer:
                                    fork:
                                      branches:
                                        - a:
                                            fork:
                                              branches:
                                                - x: { set: '${ [., $item] }' }
                                                - y: { wait: PT1S }
                                        - b: { set: '${ $item }' }
                        """).start("0").advance("PT1S").advance("PT1S");

        assertThat(instance.output()).isEqualTo(json("[[[[[[0,1],0],1],2],[[[0,1],0],1]],2]"));
    }
}
