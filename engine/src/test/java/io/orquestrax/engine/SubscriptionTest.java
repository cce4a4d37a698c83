package io.orquestrax.engine;

import static io.orquestrax.engine.TestingInstance.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Subscriptions that do something with each message: jobs bring messages, and a list takes them one at a time. */
class SubscriptionTest {

    private static TestingInstance subscribed(String consume, String foreach) {
        return TestingInstance.of("""
                do:
                  - hear:
                      call: asyncapi
                      with:
                        document: { endpoint: 'http://fake.test/d' }
                        operation: take
                        subscription:
                          consume: { %s }
                          foreach: { %s }
                  - tell:
                      set: '${ { heard: ., context: $context } }'
                """.formatted(consume, foreach)).start("{\"room\":7}");
    }

    @Test
    void takesEachMessageThroughAListOneAtATime() {
        TestingInstance instance = subscribed(
                "amount: 3",
                "item: order, at: position, output: { as: '${ { order: $order, result: . } }' },"
                        + " export: { as: '${ $context + { last: $position } }' },"
                        + " do: [ { work: { call: work, with: { order: '${ $order }', at: '${ $position }', data: '${ . }' } } } ]");

        assertThat(instance.job("asyncapi").task()).isEqualTo("/do/0/hear/with/subscription/consume");
        assertThat(instance.job("asyncapi").arguments().at("/with/subscription/amount"))
                .isEqualTo(json("3"));
        assertThat(instance.job("asyncapi").arguments().at("/with/subscription/foreach/count"))
                .isEqualTo(json("0"));
        instance.complete("asyncapi", "{\"messages\":[1,2],\"over\":false}");
        assertThat(instance.jobs()).hasSize(1);
        assertThat(instance.job("work").arguments()).isEqualTo(json("{\"order\":1,\"at\":0,\"data\":{\"room\":7}}"));
        assertThat(instance.job("work").task()).isEqualTo("/do/0/hear/with/subscription/foreach/do/0/work");
        instance.complete("work", "10").restart();
        instance.complete("work", "20");
        assertThat(instance.job("asyncapi").arguments().at("/with/subscription/foreach/count"))
                .isEqualTo(json("2"));
        instance.complete("asyncapi", "{\"messages\":[3],\"over\":true}").complete("work", "30");

        assertThat(instance.output()).isEqualTo(json("""
                {"heard":[{"order":1,"result":10},{"order":2,"result":20},{"order":3,"result":30}],
                 "context":{"last":2}}
                """));
    }

    @Test
    void allJobsOfASubscriptionKnowItByOneActivation() {
        TestingInstance instance = subscribed("amount: 2", "item: order");
        String place = "/with/subscription/foreach/activation";
        var first = instance.job("asyncapi").arguments().at(place);

        instance.complete("asyncapi", "{\"messages\":[1],\"over\":false}").restart();

        assertThat(first.isTextual()).isTrue();
        assertThat(instance.job("asyncapi").arguments().at(place)).isEqualTo(first);
        instance.complete("asyncapi", "{\"messages\":[2],\"over\":true}");
        assertThat(instance.output().path("heard")).isEqualTo(json("[1,2]"));
    }

    @Test
    void whileLooksAtAllMessagesAfterEach() {
        TestingInstance instance = subscribed("while: length < 2", "item: order, output: { as: '${ $order * 10 }' }");
        assertThat(instance.job("asyncapi").arguments().at("/with/subscription/looksBack"))
                .isEqualTo(json("true"));

        instance.complete("asyncapi", "{\"messages\":[1],\"over\":false}");
        instance.complete("asyncapi", "{\"messages\":[2],\"over\":false}");

        assertThat(instance.output().path("heard")).isEqualTo(json("[10,20]"));
    }

    @Test
    void untilLooksAtThemBeforeTheNextAlsoByTheContext() {
        TestingInstance instance = subscribed("until: '($context.consumedMessages | length) == 1'", "item: order");

        instance.complete("asyncapi", "{\"messages\":[1],\"over\":false}");

        assertThat(instance.output().path("heard")).isEqualTo(json("[1]"));
    }

    @Test
    void isOverWhereAJobBringsNothing() {
        TestingInstance instance = subscribed("amount: 5, for: PT1S", "item: order");

        instance.complete("asyncapi", "{\"messages\":[],\"over\":true}");

        assertThat(instance.output().path("heard")).isEqualTo(json("[]"));
    }

    @Test
    void exitInTheListCompletesTheSubscription() {
        TestingInstance instance = subscribed(
                "while: 'true'",
                "do: [ { choose: { switch: [ { last: { when: $item == 2, then: exit } }, { more: { then: continue } } ] } } ],"
                        + " output: { as: $item }");

        instance.complete("asyncapi", "{\"messages\":[1],\"over\":false}");
        instance.complete("asyncapi", "{\"messages\":[2],\"over\":false}");

        assertThat(instance.output().path("heard")).isEqualTo(json("[1,2]"));
        assertThat(instance.jobs()).isEmpty();
    }

    @Test
    void anErrorOfAJobOrOfTheListIsRetriedByHand() {
        TestingInstance instance = subscribed("amount: 1", "do: [ { work: { call: work } } ]");
        instance.fail("asyncapi", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/hear/with/subscription/consume");

        instance.restart();
        instance.send(new io.orquestrax.engine.command.Command.RetryInstance("tester", null));
        instance.complete("asyncapi", "{\"messages\":[1],\"over\":true}");
        instance.fail("work", "https://example.com/e", 500);
        assertThat(instance.error().instance()).isEqualTo("/do/0/hear/with/subscription/foreach/do/0/work");

        instance.send(new io.orquestrax.engine.command.Command.RetryInstance("tester", null));
        instance.complete("work", "10");
        assertThat(instance.output().path("heard")).isEqualTo(json("[10]"));
    }

    @Test
    void aConditionThatFailsIsAnErrorOfTheTask() {
        TestingInstance instance = subscribed("until: error(\"no\")", "item: order");

        assertThat(instance.error().instance()).isEqualTo("/do/0/hear");
        assertThat(instance.error().type()).endsWith("/expression");
    }
}
