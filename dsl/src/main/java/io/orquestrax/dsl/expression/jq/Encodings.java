package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes as text, and back; bytes that are no UTF-8 become replacement characters. */
final class Encodings {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Encodings() {}

    static String base64Decoded(Budget budget, JsonNode value, String text) {
        budget.make(text.length());
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        String digits = text.substring(0, end);
        if (digits.length() % 4 == 1) {
            throw new Failure(Shown.typed(value)
                    + (digits.length() == 1 ? " trailing base64 byte found" : " is not valid base64 data"));
        }
        try {
            return new String(Base64.getDecoder().decode(digits), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException otherCharacters) {
            throw new Failure(Shown.typed(value) + " is not valid base64 data");
        }
    }

    static String base32(Budget budget, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        budget.make(2L * bytes.length);
        StringBuilder encoded = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = bits << Byte.SIZE | each & 0xff;
            count += Byte.SIZE;
            while (count >= BITS) {
                count -= BITS;
                encoded.append(BASE_32.charAt((int) (bits >> count) & 31));
            }
            bits &= (1L << count) - 1;
        }
        if (count > 0) {
            encoded.append(BASE_32.charAt((int) (bits << (BITS - count)) & 31));
        }
        while (encoded.length() % 8 != 0) {
            encoded.append('=');
        }
        return encoded.toString();
    }

    static String base32Decoded(Budget budget, JsonNode value, String text) {
        budget.make(text.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long bits = 0;
        int count = 0;
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int index = 0; index < end; index++) {
            int digit = BASE_32.indexOf(text.charAt(index));
            if (digit < 0) {
                throw new Failure(Shown.typed(value) + " is not valid base32 data");
            }
            bits = bits << BITS | digit;
            count += BITS;
            if (count >= Byte.SIZE) {
                count -= Byte.SIZE;
                bytes.write((int) (bits >> count) & 0xff);
                bits &= (1L << count) - 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static String uriDecoded(Budget budget, JsonNode value) {
        String text = Texts.text("@urid", value);
        budget.make(text.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) != '%') {
                int end = text.offsetByCodePoints(index, 1);
                bytes.writeBytes(text.substring(index, end).getBytes(StandardCharsets.UTF_8));
                index = end - 1;
                continue;
            }
            int high = index + 2 < text.length() ? Character.digit(text.charAt(index + 1), 16) : -1;
            int low = index + 2 < text.length() ? Character.digit(text.charAt(index + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new Failure(Shown.typed(value) + " is not a valid uri encoding");
            }
            bytes.write(high * 16 + low);
            index += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
