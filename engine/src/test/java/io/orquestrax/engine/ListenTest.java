package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.Effect;
import io.orquestrax.engine.effect.SubscriptionKey;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.engine.listen.CorrelationKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listen task: which events it takes, and when it has enough. */
class ListenTest {

    private static TestingInstance listening(String to) {
        return TestingInstance.of("do:\n  - hear:\n      listen:\n" + to.indent(8))
                .start("{\"room\":7}");
    }

    @Test
    void takesOneEventAndReadsItsData() {
        TestingInstance instance = listening("to: { one: { with: { type: opened } } }");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        assertThat(instance.subscriptions().values()).containsExactly(List.of(new SubscriptionKey("opened", null)));

        instance.deliver("closed", "1");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.restart();
        instance.deliver("opened", "{\"door\":1}");

        assertThat(instance.output()).isEqualTo(json("[{\"door\":1}]"));
        assertThat(instance.effects()).contains(new Effect.ConsumeEvent(2));
        assertThat(instance.effects()).doesNotContain(new Effect.ConsumeEvent(1));
    }

    @Test
    void readsTheEnvelopeWhereToldSo() {
        TestingInstance instance = listening("to: { one: { with: { type: opened } } }\nread: envelope")
                .deliver("opened", "1");

        assertThat(instance.output()).isEqualTo(json("""
                        [{"specversion":"1.0","id":"e1","source":"/test","type":"opened","data":1}]
                        """));
    }

    @Test
    void matchesAttributesByTextPatternOrExpression() {
        assertThat(listening("to: { one: { with: { type: 'com\\..*', source: '${ \"/te\" + \"st\" }' } } }")
                        .deliver("org.opened", "1")
                        .deliver("com.opened", "2")
                        .output())
                .isEqualTo(json("[2]"));
        assertThat(listening("to: { one: { with: { type: 'com\\..*' } } }")
                        .subscriptions()
                        .values())
                .containsExactly(List.of(new SubscriptionKey(null, null)));
        assertThat(listening("to: { one: { with: { type: '${ \"a\" + \"b\" }' } } }")
                        .subscriptions()
                        .values())
                .containsExactly(List.of(new SubscriptionKey("ab", null)));
    }

    @Test
    void matchesDataByConditionOrPart() {
        assertThat(listening("to: { one: { with: { type: t, data: '${ .n > 5 }' } } }")
                        .deliver("t", "{\"n\":1}")
                        .deliver("t", "\"no object\"")
                        .deliver("t", "{\"n\":6}")
                        .output())
                .isEqualTo(json("[{\"n\":6}]"));
        assertThat(listening("to: { one: { with: { type: t, data: { room: '${ .room }', a: { b: 1 } } } } }")
                        .deliver("t", "{\"room\":8,\"a\":{\"b\":1}}")
                        .deliver("t", "{\"room\":7}")
                        .deliver("t", "{\"a\":{\"c\":2,\"b\":1.0},\"room\":7}")
                        .output())
                .isEqualTo(json("[{\"a\":{\"c\":2,\"b\":1.0},\"room\":7}]"));
    }

    @Test
    void takesOneEventForEachFilterInTheOrderOfTheirArrival() {
        TestingInstance instance = listening("""
                to:
                  all:
                    - with: { type: 'a|b' }
                    - with: { type: a }
                """);
        instance.deliver("a", "1").deliver("b", "2");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        instance.restart();
        instance.deliver("a", "3");

        assertThat(instance.output()).isEqualTo(json("[1,3]"));
    }

    @Test
    void takesTheFirstOfAny() {
        assertThat(listening("to: { any: [ { with: { type: a } }, { with: { type: b } } ] }")
                        .deliver("b", "1")
                        .output())
                .isEqualTo(json("[1]"));
        assertThat(listening("to: { any: [] }").deliver("whatever", "1").output())
                .isEqualTo(json("[1]"));
    }

    @Test
    void takesAllUntilTheConditionHolds() {
        TestingInstance instance = listening("to: { any: [ { with: { type: a } } ], until: length > 2 }")
                .deliver("a", "1")
                .deliver("b", "2")
                .deliver("a", "3");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);

        assertThat(instance.deliver("a", "4").output()).isEqualTo(json("[1,3,4]"));
    }

    @Test
    void aConditionOfUntilThatFailsIsAnErrorOfTheTask() {
        TestingInstance instance = listening("to: { any: [ { with: { type: a } } ], until: '.[0].b.c' }")
                .deliver("a", "{\"b\":1}");

        assertThat(instance.error().type()).isEqualTo(StandardError.EXPRESSION.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/hear");
    }

    @Test
    void takesAllUntilOtherEventsCameWhichAreNoPartOfTheOutput() {
        assertThat(listening("to: { any: [], until: { one: { with: { type: stop } } } }")
                        .deliver("a", "1")
                        .deliver("b", "2")
                        .deliver("stop", "3")
                        .output())
                .isEqualTo(json("[1,2]"));
        assertThat(listening(
                                "to: { any: [ { with: { type: a } } ], until: { all: [ { with: { type: x } }, { with: { type: y } } ] } }")
                        .deliver("x", "1")
                        .deliver("a", "2")
                        .deliver("x", "3")
                        .deliver("y", "4")
                        .output())
                .isEqualTo(json("[2]"));
    }

    @Test
    void correlatesByWhatIsExpected() {
        TestingInstance instance = listening("""
                to:
                  one:
                    with: { type: t }
                    correlate:
                      room: { from: .data.room, expect: '${ .room }' }
                """);
        assertThat(instance.subscriptions().values())
                .containsExactly(List.of(
                        new SubscriptionKey("t", CorrelationKeys.of(List.of(".data.room"), List.of(json("7.0"))))));

        instance.deliver("t", "{\"room\":8}").deliver("t", "{}").deliver("t", "{\"room\":7}");

        assertThat(instance.output()).isEqualTo(json("[{\"room\":7}]"));
    }

    @Test
    void correlatesByVariablesOfTheInstanceThatNoIntakeKnows() {
        TestingInstance instance = listening("""
                to:
                  one:
                    with: { type: t }
                    correlate:
                      room: { from: '.data.room == $input.room and $context == {}', expect: '${ true }' }
                      kind: { from: .data.kind, expect: large }
                """);
        assertThat(instance.subscriptions().values()).containsExactly(List.of(new SubscriptionKey("t", null)));

        instance.deliver("t", "{\"room\":8,\"kind\":\"large\"}")
                .deliver("t", "{\"room\":7,\"kind\":\"small\"}")
                .restart();
        instance.deliver("t", "{\"room\":7,\"kind\":\"large\"}");

        assertThat(instance.output()).isEqualTo(json("[{\"room\":7,\"kind\":\"large\"}]"));
    }

    @Test
    void correlatesByTheFirstValueThatTheInstanceMet() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - first:
                              listen:
                                to:
                                  any: [ { with: { type: a }, correlate: { room: { from: .data.room } } } ]
                                  until: length == 2
                          - second:
                              listen:
                                to: { one: { with: { type: b }, correlate: { room: { from: .data.room } } } }
                        """).start("{}");
        instance.deliver("a", "{\"n\":1,\"room\":null}").deliver("a", "{\"n\":2,\"room\":5}");
        assertThat(instance.state().correlations()).containsEntry("room", json("5"));
        instance.deliver("a", "{\"n\":3,\"room\":6}").restart();
        instance.deliver("a", "{\"n\":4,\"room\":5}");

        assertThat(instance.subscriptions().values())
                .containsExactly(List.of(
                        new SubscriptionKey("b", CorrelationKeys.of(List.of(".data.room"), List.of(json("5"))))));
        instance.deliver("b", "{\"room\":6}").deliver("b", "{\"room\":5}");
        assertThat(instance.output()).isEqualTo(json("[{\"room\":5}]"));
    }

    @Test
    void neverTakesTheSameEventTwice() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - first:
                              listen: { to: { one: { with: { type: a } } } }
                          - second:
                              listen: { to: { one: { with: { type: a } } } }
                        """).start("{}");

        instance.deliver(5, "a", "1").deliver(5, "a", "1");
        assertThat(instance.state().status()).isEqualTo(Status.WAITING);
        assertThat(instance.deliver(4, "a", "2").output()).isEqualTo(json("[2]"));
    }

    @Test
    void forgetsConsumedEventsThatAreNoLongerKept() {
        TestingInstance instance = listening("to: { any: [], until: length > 9 }");
        instance.send(new Command.DeliverEvent(
                new ReceivedEvent(1, instance.now().plus(Duration.ofSeconds(1)), json("{\"type\":\"a\"}"))));
        assertThat(instance.state().hasConsumed(1)).isTrue();

        instance.advance("PT2S").deliver(2, "a", "2");

        assertThat(instance.state().hasConsumed(1)).isFalse();
        assertThat(instance.state().hasConsumed(2)).isTrue();
    }

    @Test
    void twoThatListenAtTheSameTimeMayBothTakeAnEvent() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - both:
                              fork:
                                branches:
                                  - left: { listen: { to: { one: { with: { type: a } } } } }
                                  - right: { listen: { to: { any: [], until: length == 2 } } }
                        """).start("{}");

        instance.deliver("a", "1").deliver("a", "2");

        assertThat(instance.output()).isEqualTo(json("[[1],[1,2]]"));
        assertThat(instance.effects())
                .filteredOn(Effect.ConsumeEvent.class::isInstance)
                .hasSize(2);
    }

    @Test
    void takesEachEventThroughAListOneAtATime() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - hear:
                              listen:
                                to: { any: [ { with: { type: a } } ], until: length == 3 }
                              foreach:
                                item: order
                                at: position
                                output: { as: '${ { order: $order, result: . } }' }
                                export: { as: '${ $context + { last: $position } }' }
                                do:
                                  - work:
                                      call: work
                                      with: { order: '${ $order }', at: '${ $position }', data: '${ . }' }
                          - tell:
                              set: '${ { heard: ., context: $context } }'
                        """).start("{\"room\":7}");

        instance.deliver("a", "1").deliver("a", "2");
        assertThat(instance.jobs()).hasSize(1);
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"order\":1,\"at\":0,\"data\":{\"room\":7}}"));
        assertThat(instance.job("work").task()).isEqualTo("/do/0/hear/foreach/do/0/work");
        instance.deliver("a", "3");
        assertThat(instance.subscriptions()).isEmpty();
        instance.complete("work", "10").restart();
        instance.complete("work", "20").complete("work", "30");

        assertThat(instance.output()).isEqualTo(json("""
                        {"heard":[{"order":1,"result":10},{"order":2,"result":20},{"order":3,"result":30}],
                         "context":{"last":2}}
                        """));
    }

    @Test
    void exitInTheListCompletesTheListening() {
        TestingInstance instance =
                TestingInstance.of("""
                        do:
                          - hear:
                              listen:
                                to: { any: [], until: 'false' }
                              foreach:
                                do:
                                  - choose:
                                      switch:
                                        - last: { when: $item == 2, then: exit }
                                        - more: { then: continue }
                                output: { as: $item }
                        """).start("{}").deliver("a", "1").deliver("a", "2");

        assertThat(instance.output()).isEqualTo(json("[1,2]"));
        assertThat(instance.subscriptions()).isEmpty();
    }

    @Test
    void anEmptyListHandsOnTheEvent() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - hear:
                              listen:
                                to: { one: { with: { type: a } } }
                              foreach:
                                output: { as: .n }
                        """).start("{}").deliver("a", "{\"n\":1}");

        assertThat(instance.output()).isEqualTo(json("[1]"));
    }

    @Test
    void anErrorInTheListIsOfItsTaskAndIsRetriedByHand() {
        TestingInstance instance = TestingInstance.of("""
                        do:
                          - hear:
                              listen:
                                to: { any: [], until: length == 2 }
                              foreach:
                                do:
                                  - work:
                                      call: work
                        """).start("{}").deliver("a", "1");
        instance.fail("work", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/hear/foreach/do/0/work");
        assertThat(instance.subscriptions()).isEmpty();

        instance.restart();
        instance.deliver("a", "9");
        instance.send(new Command.RetryInstance("tester", null));
        assertThat(instance.subscriptions()).hasSize(1);
        instance.complete("work", "10").deliver("a", "2").complete("work", "20");

        assertThat(instance.output()).isEqualTo(json("[10,20]"));
    }

    @Test
    void keepsWhatComesWhileItIsSuspended() {
        TestingInstance instance = listening("to: { one: { with: { type: a } } }");
        instance.send(new Command.SuspendInstance("tester", null));

        instance.deliver("a", "1");
        assertThat(instance.state().status()).isEqualTo(Status.SUSPENDED);

        instance.send(new Command.ResumeInstance("tester", null));
        assertThat(instance.output()).isEqualTo(json("[1]"));
    }

    @Test
    void timesOutAndIsCancelledWithItsSubscription() {
        TestingInstance late = TestingInstance.of("""
                        do:
                          - hear:
                              listen: { to: { one: { with: { type: a } } } }
                              timeout: { after: PT5S }
                        """).start("{}").advance("PT5S");
        assertThat(late.error().type()).isEqualTo(StandardError.TIMEOUT.type());
        assertThat(late.error().instance()).isEqualTo("/do/0/hear");
        assertThat(late.subscriptions()).isEmpty();

        TestingInstance cancelled = listening("to: { one: { with: { type: a } } }");
        cancelled.send(new Command.CancelInstance("tester", null));
        assertThat(cancelled.subscriptions()).isEmpty();
        cancelled.deliver("a", "1");
        assertThat(cancelled.history()).hasSize(3);
    }

    @Test
    void anExpressionThatFailsWhenTheListeningBeginsIsAnError() {
        TestingInstance instance = listening("to: { one: { with: { type: '${ .room.a }' } } }");

        assertThat(instance.error().type()).isEqualTo(StandardError.EXPRESSION.type());
        assertThat(instance.error().instance()).isEqualTo("/do/0/hear");
    }
}
