package io.orquestrax.server.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks 1.0: an HMAC over the id of a message, its moment and its body. */
public final class StandardSignature {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";
    public static final String VERSION = "v1,";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET_PREFIX = "whsec_";

    private StandardSignature() {}

    /**
     * @param key {@code whsec_} and base64, or any other text
     * @param timestamp seconds since 1970
     */
    public static byte[] of(String key, String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(key), ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String key) {
        if (key.startsWith(SECRET_PREFIX)) {
            try {
                return Base64.getDecoder().decode(key.substring(SECRET_PREFIX.length()));
            } catch (IllegalArgumentException noBase64) {
                // Then it is a text that only begins so.
            }
        }
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
