package io.orquestrax.server.connector.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a text looks after the encodings that a call and its answer put it through as a whole. */
final class EncodedForms {
    /** Shorter ones would be found in texts that have nothing to do with the secret. */
    private static final int SHORTEST_BASE64 = 8;

    private EncodedForms() {}

    static Stream<SecretForm> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Stream<SecretForm> base64 = IntStream.range(0, 3)
                .mapToObj(shift -> inBase64(bytes, shift))
                .filter(encoded -> encoded.length() >= SHORTEST_BASE64)
                .map(SecretForm::base64);
        return Stream.concat(
                Stream.of(SecretForm.plain(text), SecretForm.hex(HexFormat.of().formatHex(bytes))), base64);
    }

    /**
     * What is the same whatever is encoded together with it.
     *
     * @param shift bytes before it, modulo 3
     */
    private static String inBase64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = shift == 0 ? 0 : shift + 1;
        int last = shifted.length * 8 / 6;
        return first >= last ? "" : encoded.substring(first, last);
    }
}
