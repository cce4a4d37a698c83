package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Answer;
import io.orquestrax.protocol.cluster.v1.Ask;
import io.orquestrax.protocol.cluster.v1.MessagesWait;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.NotOwnedException;
import io.orquestrax.store.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeerLinksTest {
    private static final Request REQUEST =
            Request.newBuilder().setAsk(Ask.getDefaultInstance()).build();

    private final List<TestingLinks> nodes = new ArrayList<>();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestingLinks::close);
    }

    @Test
    void bothTellInOrder() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        List<Integer> heardByA = new CopyOnWriteArrayList<>();
        a.links().listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> heardByA.add(partition(notice)));
        b.links().listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> heard.add(partition(notice)));
        link(a, b);

        for (int number = 0; number < 900; number++) {
            a.links().tell("b", TestingLinks.notice(number));
            b.links().tellAll(TestingLinks.notice(number));
        }

        List<Integer> all = IntStream.range(0, 900).boxed().toList();
        Waiting.until("everything is heard", () -> heard.size() == 900 && heardByA.size() == 900);
        assertThat(heard).isEqualTo(all);
        assertThat(heardByA).isEqualTo(all);
    }

    @Test
    void answersWithWhatBecameOfTheRequest() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        List<CompletableFuture<Response>> answers = new CopyOnWriteArrayList<>();
        b.links().respond(Request.RequestCase.ASK, (node, request) -> {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        });
        link(a, b);

        List<CompletableFuture<Response>> asked = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            asked.add(a.links().call("b", REQUEST));
        }
        Waiting.until("all are asked", () -> answers.size() == 3);
        // Not in the order in which they came.
        answers.get(2).complete(answer("third"));
        answers.get(1).completeExceptionally(new CompletionException(new NotOwnedException(1)));
        answers.get(0).completeExceptionally(new ServiceException(ErrorCode.OVERLOADED, "Too much."));

        assertThat(asked.get(2).get(20, TimeUnit.SECONDS)).isEqualTo(answer("third"));
        assertThat(asked.get(1).get(20, TimeUnit.SECONDS).hasNotOwned()).isTrue();
        assertThat(Failures.exception(asked.get(0).get(20, TimeUnit.SECONDS).getFailure()))
                .hasMessage("Too much.")
                .extracting(ServiceException::code)
                .isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        link(a, b);

        Response answer = a.links().call("b", Request.getDefaultInstance()).get(20, TimeUnit.SECONDS);

        assertThat(answer.getFailure().getCode()).isEqualTo(ErrorCode.INVALID_REQUEST.text());
        assertThat(answer.getFailure().getDetail()).contains("node a sent another kind");
    }

    @Test
    void aNodeOfAnotherClusterIsRefused() throws Exception {
        TestingLinks a = node("a");
        TestingLinks other = add(new TestingLinks(TestingLinks.greeting("b", "another", 1), Optional.empty()));
        TestingLinks c = node("c");
        a.knows(other);
        other.knows(a);
        a.knows(c);

        Waiting.until("the right one is linked", () -> a.links().linked().contains("c"));
        assertThat(a.links().linked()).containsExactly("c");
        assertThat(other.links().linked()).isEmpty();
        assertThatThrownBy(a.links().call("b", REQUEST)::join)
                .cause()
                .isInstanceOfSatisfying(
                        PeerLostException.class,
                        lost -> assertThat(lost.mayHaveArrived()).isFalse());
    }

    @Test
    void neighbouringLevelsTalkAndOthersDoNot() throws Exception {
        TestingLinks a = node("a");
        TestingLinks next = add(new TestingLinks(TestingLinks.greeting("b", "testing", 2), Optional.empty()));
        TestingLinks far = add(new TestingLinks(TestingLinks.greeting("c", "testing", 3), Optional.empty()));
        a.knows(far);
        far.knows(a);
        link(a, next);

        assertThat(a.links().linked()).containsExactly("b");
        assertThat(far.links().linked()).isEmpty();
    }

    @Test
    void anotherNodeAtTheAddressIsNotTakenForTheOneThatWasThere() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        a.roster().join(TestingRoster.member("dead", "127.0.0.1:" + b.port()));
        link(a, b);

        assertThat(a.links().linked()).containsExactly("b");
    }

    @Test
    void linksAgainAndTellsOfIt() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        b.links().respond(Request.RequestCase.ASK, (node, request) -> {
            heard.add(1);
            return new CompletableFuture<>();
        });
        b.links().listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> heard.add(partition(notice)));
        link(a, b);
        CompletableFuture<Response> unanswered = a.links().call("b", REQUEST);
        Waiting.until("it is asked", () -> heard.size() == 1);

        b.closeDoor();
        assertThatThrownBy(() -> unanswered.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        PeerLostException.class,
                        lost -> assertThat(lost.mayHaveArrived()).isTrue());
        Waiting.until("the loss is told", () -> a.news().contains("lost b"));
        b.openDoor();

        Waiting.until("it is linked again", () -> a.news().size() == 3);
        assertThat(a.news()).containsExactly("linked b", "lost b", "linked b");
        a.links().tell("b", TestingLinks.notice(7));
        Waiting.until("it is told again", () -> heard.contains(7));
    }

    @Test
    void aNodeThatIsGoneLosesItsLink() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        b.links().respond(Request.RequestCase.ASK, (node, request) -> new CompletableFuture<>());
        link(a, b);
        CompletableFuture<Response> unanswered = a.links().call("b", REQUEST);

        a.roster().leave("b");

        assertThatThrownBy(() -> unanswered.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(PeerLostException.class);
        Waiting.until("the loss is told", () -> a.news().contains("lost b"));
        assertThat(a.links().linked()).isEmpty();
    }

    @Test
    void aNodeThatTakesNothingLosesItsLinkAndNotTheOthersMemory() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        CountDownLatch stuck = new CountDownLatch(1);
        b.links().listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> await(stuck));
        link(a, b);

        Notice large = large();
        for (int told = 0; told < 10_000 && !a.news().contains("lost b"); told++) {
            a.links().tell("b", large);
        }

        Waiting.until("the link is lost", () -> a.news().contains("lost b"));
        stuck.countDown();
        Waiting.until("it is linked again", () -> a.links().linked().contains("b"));
    }

    @Test
    void aSlowNodeIsToldOfWhatWasLeftOutOnce() throws Exception {
        TestingLinks a = node("a");
        TestingLinks b = node("b");
        CountDownLatch slow = new CountDownLatch(1);
        b.links().listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> {
            await(slow);
            heard.add(partition(notice));
        });
        link(a, b);

        Notice large = large();
        for (int told = 0; told < 2_000; told++) {
            a.links().tell("b", large, TestingLinks.notice(-1));
        }
        slow.countDown();
        Waiting.until("it is told that something was left out", () -> heard.contains(-1));
        Waiting.until("it is told the next one", () -> {
            a.links().tell("b", TestingLinks.notice(2), TestingLinks.notice(-1));
            return heard.contains(2);
        });

        assertThat(a.news()).containsExactly("linked b");
        // One stands for many.
        assertThat(heard.stream().filter(number -> number >= 1_000_000).count()).isLessThan(1_000);
        assertThat(heard.stream().filter(number -> number == -1).count()).isLessThan(500);
    }

    @Test
    void thePortServesNothingButLinks() throws Exception {
        TestingLinks a = node("a");

        for (String path : List.of("/", "/api/v1/instances", "/healthz", "/metrics")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + a.port() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
    }

    private TestingLinks node(String id) {
        return add(new TestingLinks(id));
    }

    private TestingLinks add(TestingLinks node) {
        nodes.add(node);
        return node;
    }

    private static void link(TestingLinks one, TestingLinks other) throws Exception {
        one.knows(other);
        other.knows(one);
        Waiting.until(
                "both are linked",
                () -> one.news().stream().anyMatch(news -> news.startsWith("linked"))
                        && other.news().stream().anyMatch(news -> news.startsWith("linked")));
    }

    private static Response answer(String refusal) {
        return Response.newBuilder()
                .setAnswer(Answer.newBuilder().setRefusal(refusal))
                .build();
    }

    /** About 30 KB. */
    private static Notice large() {
        return Notice.newBuilder()
                .setMessagesWait(MessagesWait.newBuilder()
                        .addAllPartitions(
                                IntStream.range(1_000_000, 1_010_000).boxed().toList()))
                .build();
    }

    private static int partition(Notice notice) {
        return notice.getMessagesWait().getPartitions(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
