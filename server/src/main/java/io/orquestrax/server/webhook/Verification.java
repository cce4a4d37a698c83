package io.orquestrax.server.webhook;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.event.StandardSignature;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a request shows that it is of the sender that it says it is of: by an HMAC over its body, and perhaps over the
 * moment at which it was sent.
 *
 * @param secret the name of one; absent for nobody in particular
 * @param header with the signature, of the scheme {@code hmac}
 * @param prefix before the signature there
 * @param timestampHeader absent where the sender tells no moment
 * @param tolerance between that moment and now
 */
record Verification(
        Scheme scheme,
        @Nullable String secret,
        String algorithm,
        String header,
        String prefix,
        @Nullable String timestampHeader,
        Duration tolerance) {
    private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);
    private static final List<String> ALGORITHMS = List.of("sha256", "sha512", "sha1");

    enum Scheme {
        GITHUB,
        STRIPE,
        SLACK,
        STANDARD,
        HMAC,
        NONE
    }

    static Verification read(RequestReader given) {
        Scheme scheme = scheme(given.text("scheme"));
        String secret = given.optionalText("secret").orElse(null);
        if ((secret == null) != (scheme == Scheme.NONE)) {
            throw RequestReader.invalid(
                    scheme == Scheme.NONE
                            ? "Expected no secret where nothing is verified, but there is one"
                            : "Expected the name of a secret to verify with, but there is none");
        }
        String algorithm = given.optionalText("algorithm").orElse("sha256");
        if (!ALGORITHMS.contains(algorithm)) {
            throw RequestReader.invalid(
                    "Expected an algorithm out of " + ALGORITHMS + ", but got \"" + algorithm + "\"");
        }
        Verification verification = new Verification(
                scheme,
                secret,
                algorithm,
                given.optionalText("header").orElse("X-Signature"),
                given.optionalText("prefix").orElse(""),
                given.optionalText("timestampHeader").orElse(null),
                given.optionalDuration("tolerance").orElse(DEFAULT_TOLERANCE));
        given.end();
        return verification;
    }

    private static Scheme scheme(String name) {
        return Arrays.stream(Scheme.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> RequestReader.invalid(
                        "Expected a scheme out of github, stripe, slack, standard, hmac and none, but got \"" + name
                                + "\""));
    }

    /**
     * @param key the value of the secret
     * @throws ServiceException {@code signature-refused}, which does not tell what a good signature would be
     */
    void check(HookRequest request, String key, Instant now) {
        switch (scheme) {
            case NONE -> {}
            case GITHUB ->
                compare(
                        List.of(hex(request, "X-Hub-Signature-256", "sha256=")),
                        mac("HmacSHA256", key, request.body()));
            case SLACK -> {
                String timestamp = timestamp(request, "X-Slack-Request-Timestamp", now);
                compare(
                        List.of(hex(request, "X-Slack-Signature", "v0=")),
                        mac("HmacSHA256", key, signed("v0:" + timestamp + ":", request)));
            }
            case STRIPE -> checkStripe(request, key, now);
            case STANDARD -> checkStandard(request, key, now);
            case HMAC -> {
                String before = timestampHeader == null ? "" : timestamp(request, timestampHeader, now) + ".";
                String given = required(request, header);
                compare(
                        decodings(given.startsWith(prefix) ? given.substring(prefix.length()) : ""),
                        mac("Hmac" + algorithm.toUpperCase(Locale.ROOT), key, signed(before, request)));
            }
        }
    }

    /** {@code t=…,v1=…}, with a signature for each secret that is in use. */
    private void checkStripe(HookRequest request, String key, Instant now) {
        String timestamp = "";
        List<byte[]> signatures = new ArrayList<>();
        for (String part : required(request, "Stripe-Signature").split(",", -1)) {
            String trimmed = part.strip();
            if (trimmed.startsWith("t=")) {
                timestamp = trimmed.substring(2);
            } else if (trimmed.startsWith("v1=")) {
                fromHex(trimmed.substring(3)).ifPresent(signatures::add);
            }
        }
        checkMoment(timestamp, now);
        compare(signatures, mac("HmacSHA256", key, signed(timestamp + ".", request)));
    }

    /** Standard Webhooks 1.0: {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. */
    private void checkStandard(HookRequest request, String key, Instant now) {
        String id = required(request, StandardSignature.ID);
        String timestamp = timestamp(request, StandardSignature.TIMESTAMP, now);
        List<byte[]> signatures = new ArrayList<>();
        for (String part : required(request, StandardSignature.SIGNATURE).split(" ", -1)) {
            if (part.startsWith(StandardSignature.VERSION)) {
                fromBase64(part.substring(3)).ifPresent(signatures::add);
            }
        }
        compare(signatures, StandardSignature.of(key, id, timestamp, request.body()));
    }

    private String timestamp(HookRequest request, String name, Instant now) {
        String timestamp = required(request, name);
        checkMoment(timestamp, now);
        return timestamp;
    }

    private void checkMoment(String seconds, Instant now) {
        Instant sent;
        try {
            sent = Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException noMoment) {
            throw refused("Expected the seconds of the moment at which the request was sent, but there are none.");
        }
        if (Duration.between(sent, now).abs().compareTo(tolerance) > 0) {
            throw refused("Expected a request that was sent within " + tolerance + " of now, but it was sent at " + sent
                    + ".");
        }
    }

    private static String required(HookRequest request, String name) {
        return request.header(name).orElseThrow(() -> refused("Expected the header " + name + ", but there is none."));
    }

    private static byte[] hex(HookRequest request, String name, String prefix) {
        String given = required(request, name);
        return fromHex(given.startsWith(prefix) ? given.substring(prefix.length()) : "")
                .orElse(new byte[0]);
    }

    private static List<byte[]> decodings(String signature) {
        List<byte[]> decodings = new ArrayList<>();
        fromHex(signature).ifPresent(decodings::add);
        fromBase64(signature).ifPresent(decodings::add);
        return decodings;
    }

    private static void compare(List<byte[]> given, byte[] expected) {
        boolean isOne = false;
        for (byte[] each : given) {
            isOne |= MessageDigest.isEqual(each, expected);
        }
        if (!isOne) {
            throw refused("Expected a signature of the body with the secret, but it is none.");
        }
    }

    private static byte[] signed(String before, HookRequest request) {
        byte[] body = request.body();
        byte[] prefix = before.getBytes(StandardCharsets.UTF_8);
        byte[] joined = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, joined, prefix.length, body.length);
        return joined;
    }

    private static byte[] mac(String algorithm, String key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<byte[]> fromHex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> fromBase64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ServiceException refused(String detail) {
        return new ServiceException(ErrorCode.SIGNATURE_REFUSED, detail);
    }
}
