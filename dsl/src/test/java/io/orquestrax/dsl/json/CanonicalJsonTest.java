package io.orquestrax.dsl.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Computed trees become the trees that their text reads back as. */
class CanonicalJsonTest {

    @Test
    void readsBackAsItself() {
        List<JsonNode> computed = List.of(
                LongNode.valueOf(7),
                LongNode.valueOf(1L << 40),
                DoubleNode.valueOf(0.1 + 0.2),
                DoubleNode.valueOf(6.0 / 2),
                DoubleNode.valueOf(-0.0),
                DoubleNode.valueOf(1e300),
                DoubleNode.valueOf(Double.NaN),
                DoubleNode.valueOf(Double.NEGATIVE_INFINITY),
                JsonNodeFactory.instance.numberNode(BigInteger.TEN),
                JsonNodeFactory.instance.numberNode(BigInteger.TWO.pow(80)));

        for (JsonNode each : computed) {
            JsonNode canonical = CanonicalJson.of(each);
            assertThat(Json.readTrusted(Json.write(canonical))).as("%s", each).isEqualTo(canonical);
        }
    }

    @Test
    void textIsWhole() {
        JsonNode broken = Json.NODES
                .objectNode()
                .set("a\ud800", Json.readTrusted("[\"\\udc00 b\",\"\\ud83d\\ude00\",\"\\ude00\\ud83d\"]"));

        JsonNode canonical = CanonicalJson.of(broken);

        assertThat(canonical)
                .isEqualTo(Json.readTrusted("{\"a\\ufffd\":[\"\\ufffd b\",\"\\ud83d\\ude00\",\"\\ufffd\\ufffd\"]}"))
                .isEqualTo(Json.readTrusted(Json.write(canonical)));
    }

    @Test
    void keepsATreeThatIsCanonicalAlready() {
        JsonNode tree =
                Json.readTrusted("{\"a\":[1,2.50,{\"b\":null}],\"c\":9007199254740993,\"d\":\"\\ud83d\\ude00\"}");

        assertThat(CanonicalJson.of(tree)).isSameAs(tree);
    }

    @Test
    void goesThroughADeepTreeOnce() {
        JsonNode tree = DoubleNode.valueOf(1.5);
        for (int depth = 0; depth < 200; depth++) {
            tree = Json.NODES.arrayNode().add(tree);
        }

        assertThat(CanonicalJson.of(tree).toString()).contains("1.5");
    }
}
