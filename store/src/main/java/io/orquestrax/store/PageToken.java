package io.orquestrax.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where the next page of a list begins, opaque to whoever carries it. A token holds only for the list and the filter
 * that it was made for; it grants nothing, so it is checked and not signed.
 */
public final class PageToken {
    private static final String SEPARATOR = "\u001f";

    private PageToken() {}

    /**
     * Writes a position.
     *
     * @param list names the list and its filter
     * @param position of the last item of the page, in the list's order
     */
    public static String of(String list, List<String> position) {
        byte[] payload = String.join(SEPARATOR, position).getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + payload.length);
        token.putInt(checksum(list, payload)).put(payload);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /**
     * Reads the position back.
     *
     * @throws InvalidPageTokenException if it was not made for this list
     */
    public static List<String> read(String list, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new InvalidPageTokenException(token);
        }
        if (bytes.length < Integer.BYTES) {
            throw new InvalidPageTokenException(token);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int checksum = buffer.getInt();
        byte[] payload = new byte[buffer.remaining()];
        buffer.get(payload);
        if (checksum != checksum(list, payload)) {
            throw new InvalidPageTokenException(token);
        }
        return List.of(new String(payload, StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    private static int checksum(String list, byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(list.getBytes(StandardCharsets.UTF_8));
        checksum.update(0);
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}
