package io.orquestrax.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final long SEED = Long.getLong("orquestrax.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    @Test
    void sharesDifferByOneAtMost() {
        for (int count = 1; count <= 20; count++) {
            for (int partitions : new int[] {1, 7, 16, 64, 256}) {
                Map<String, Integer> shares = new HashMap<>();
                List<String> nodes = nodes(count);
                Rendezvous.owners(nodes, partitions).forEach(owner -> shares.merge(owner, 1, Integer::sum));

                int smallest = partitions < count ? 0 : Collections.min(shares.values());
                assertThat(Collections.max(shares.values()) - smallest)
                        .as("%d partitions on %d nodes, seed %d", partitions, count, SEED)
                        .isLessThanOrEqualTo(1);
                assertThat(shares.keySet()).isSubsetOf(nodes);
                assertThat(shares).hasSize(Math.min(count, partitions));
            }
        }
    }

    @Test
    void allNodesComeToTheSameAnswer() {
        // Written down: another answer is another level.
        assertThat(Rendezvous.owners(List.of("a", "b", "c"), 8))
                .containsExactly("c", "c", "b", "c", "b", "a", "a", "b");
    }

    @Test
    void aNodeThatComesMovesLittleMoreThanItsShare() {
        double moved = 0;
        double needed = 0;
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(9);
            List<String> before = nodes(count);
            List<String> after = new ArrayList<>(before);
            after.add(UUID.randomUUID().toString());
            Collections.sort(after);
            moved += moves(Rendezvous.owners(before, 64), Rendezvous.owners(after, 64));
            needed += 64.0 / (count + 1);
        }
        assertThat(moved / needed).as("seed %d", SEED).isLessThan(1.5);
    }

    @Test
    void oneOfTwoNodesGivesHalfToTheThirdThatComes() {
        for (int round = 0; round < 100; round++) {
            List<String> two = nodes(2);
            List<String> one = two.subList(0, 1);

            assertThat(moves(Rendezvous.owners(one, 16), Rendezvous.owners(two, 16)))
                    .isEqualTo(8);
        }
    }

    @Test
    void nobodyOwnsAnythingWithoutNodes() {
        assertThat(Rendezvous.owners(List.of(), 4)).isEmpty();
    }

    private static int moves(List<String> before, List<String> after) {
        int moves = 0;
        for (int number = 0; number < before.size(); number++) {
            moves += before.get(number).equals(after.get(number)) ? 0 : 1;
        }
        return moves;
    }

    private List<String> nodes(int count) {
        List<String> nodes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            nodes.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        Collections.sort(nodes);
        return nodes;
    }
}
