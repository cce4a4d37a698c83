package io.orquestrax.server.connector.secret;

import io.orquestrax.dsl.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a text looks after the encodings that a call and its answer put it through. */
final class EncodedForms {
    /** Shorter ones would be found in texts that have nothing to do with the secret. */
    private static final int SHORTEST_BASE64 = 8;

    private EncodedForms() {}

    static Stream<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String quoted = Json.write(Json.NODES.textNode(text));
        Stream<String> plain = Stream.of(
                text,
                form,
                form.replace("+", "%20"),
                quoted.substring(1, quoted.length() - 1),
                inMarkup(text),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes));
        Stream<String> base64 = IntStream.range(0, 3)
                .boxed()
                .flatMap(shift -> Stream.of(
                        inBase64(Base64.getEncoder(), bytes, shift), inBase64(Base64.getUrlEncoder(), bytes, shift)))
                .filter(encoded -> encoded.length() >= SHORTEST_BASE64);
        return Stream.concat(plain, base64);
    }

    private static String inMarkup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * What is the same whatever is encoded together with it.
     *
     * @param shift bytes before it, modulo 3
     */
    private static String inBase64(Base64.Encoder encoder, byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = shift == 0 ? 0 : shift + 1;
        int last = shifted.length * 8 / 6;
        return first >= last ? "" : encoded.substring(first, last);
    }
}
