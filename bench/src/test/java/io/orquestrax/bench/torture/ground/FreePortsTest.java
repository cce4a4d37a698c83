package io.orquestrax.bench.torture.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void givesNoPortTwiceAndNoneThatAConnectionCouldTake() {
        Set<Integer> ports =
                IntStream.range(0, 50).mapToObj(index -> FreePorts.one()).collect(Collectors.toSet());

        assertThat(ports).hasSize(50).allSatisfy(port -> assertThat(port).isLessThan(FreePorts.firstOfConnections()));
    }
}
