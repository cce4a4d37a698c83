package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.protocol.cluster.v1.Ask;
import io.orquestrax.protocol.cluster.v1.MessagesWait;
import io.orquestrax.protocol.cluster.v1.NotOwned;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestingNetworkTest {
    private static final Request REQUEST =
            Request.newBuilder().setAsk(Ask.getDefaultInstance()).build();
    private static final Response RESPONSE =
            Response.newBuilder().setNotOwned(NotOwned.getDefaultInstance()).build();

    private final TestingNetwork network = new TestingNetwork();
    private final TestingPeers a = network.node("a");
    private final TestingPeers b = network.node("b");
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void tellsInOrder() {
        b.listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> seen.add(node + partition(notice)));

        for (int number = 0; number < 100; number++) {
            a.tell("b", notice(number));
        }
        network.settle();

        assertThat(seen).hasSize(100).startsWith("a0", "a1").endsWith("a99");
    }

    @Test
    void answers() {
        b.respond(Request.RequestCase.ASK, (node, request) -> CompletableFuture.completedFuture(RESPONSE));

        assertThat(a.call("b", REQUEST).join()).isEqualTo(RESPONSE);
    }

    @Test
    void aCutFailsWhatIsNotAnsweredAndDropsWhatIsTold() {
        b.respond(Request.RequestCase.ASK, (node, request) -> new CompletableFuture<>());
        b.listen(Notice.NoticeCase.MESSAGES_WAIT, (node, notice) -> seen.add("told"));
        a.watch(watcher());
        network.settle();
        CompletableFuture<Response> unanswered = a.call("b", REQUEST);
        network.settle();

        network.hold();
        a.tell("b", notice(1));
        network.cut("a", "b");
        network.release();
        network.settle();

        assertThatThrownBy(unanswered::join)
                .cause()
                .isInstanceOfSatisfying(
                        PeerLostException.class,
                        lost -> assertThat(lost.mayHaveArrived()).isTrue());
        assertThatThrownBy(a.call("b", REQUEST)::join)
                .cause()
                .isInstanceOfSatisfying(
                        PeerLostException.class,
                        lost -> assertThat(lost.mayHaveArrived()).isFalse());
        assertThat(a.linked()).isEmpty();
        network.restore("a", "b");
        network.settle();
        assertThat(seen).containsExactly("linked b", "lost b", "linked b");
    }

    private Peers.Watcher watcher() {
        return new Peers.Watcher() {
            @Override
            public void linked(String node) {
                seen.add("linked " + node);
            }

            @Override
            public void lost(String node) {
                seen.add("lost " + node);
            }
        };
    }

    private static Notice notice(int partition) {
        return Notice.newBuilder()
                .setMessagesWait(MessagesWait.newBuilder().addPartitions(partition))
                .build();
    }

    private static int partition(Notice notice) {
        return notice.getMessagesWait().getPartitions(0);
    }
}
