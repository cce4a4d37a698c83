package io.orquestrax.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of the usual senders; the first of each is an example that the sender's own documentation gives. */
class VerificationTest {
    private static final Instant SLACK_MOMENT = Instant.ofEpochSecond(1_531_420_618);
    private static final String SLACK_BODY =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                    + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                    + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                    + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    @Test
    void knowsTheSignatureOfGitHub() {
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        String key = "It's a Secret to Everybody";
        Verification github = verification("{'scheme':'github','secret':'s'}");

        assertTaken(github, "Hello, World!", key, Instant.EPOCH, "x-hub-signature-256", signature);
        assertRefused(github, "Hello, World?", key, Instant.EPOCH, "x-hub-signature-256", signature);
        assertRefused(github, "Hello, World!", "other", Instant.EPOCH, "x-hub-signature-256", signature);
        assertRefused(github, "Hello, World!", key, Instant.EPOCH, "x-hub-signature-256", signature.substring(7));
        assertRefused(github, "Hello, World!", key, Instant.EPOCH, "x-hub-signature-256", "sha256=zz");
        assertRefused(github, "Hello, World!", key, Instant.EPOCH, "x-other", signature);
    }

    @Test
    void knowsTheSignatureOfSlackForAFewMinutes() {
        Verification slack = verification("{'scheme':'slack','secret':'s'}");
        String key = "8f742231b10e8888abcd99yyyzzz85a5";
        String[] headers = {
            "x-slack-request-timestamp",
            "1531420618",
            "x-slack-signature",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        };

        assertTaken(slack, SLACK_BODY, key, SLACK_MOMENT, headers);
        assertTaken(slack, SLACK_BODY, key, SLACK_MOMENT.plusSeconds(299), headers);
        assertRefused(slack, SLACK_BODY, key, SLACK_MOMENT.plusSeconds(301), headers);
        assertRefused(slack, SLACK_BODY, key, SLACK_MOMENT.minusSeconds(301), headers);
        headers[1] = "1531420619";
        assertRefused(slack, SLACK_BODY, key, SLACK_MOMENT, headers);
        headers[1] = "soon";
        assertRefused(slack, SLACK_BODY, key, SLACK_MOMENT, headers);
    }

    @Test
    void knowsOneOfTheSignaturesOfStripe() {
        Verification stripe = verification("{'scheme':'stripe','secret':'s','tolerance':'PT10M'}");
        Instant sent = Instant.ofEpochSecond(1_700_000_000);
        // Computed with: printf '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
        String good = "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
        String body = "{\"id\":\"evt_1\"}";

        assertTaken(stripe, body, "whsec_test", sent, "stripe-signature", "t=1700000000,v1=00ff,v1=" + good + ",v0=11");
        assertTaken(stripe, body, "whsec_test", sent.plusSeconds(599), "stripe-signature", "t=1700000000,v1=" + good);
        assertRefused(stripe, body, "whsec_test", sent.plusSeconds(601), "stripe-signature", "t=1700000000,v1=" + good);
        assertRefused(stripe, body, "whsec_test", sent, "stripe-signature", "t=1700000001,v1=" + good);
        assertRefused(stripe, body, "whsec_test", sent, "stripe-signature", "t=1700000000,v0=" + good);
        assertRefused(stripe, body, "whsec_test", sent, "stripe-signature", "v1=" + good);
    }

    @Test
    void knowsStandardWebhooks() {
        // The example of the specification of Standard Webhooks.
        Verification standard = verification("{'scheme':'standard','secret':'s'}");
        String key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        String body = "{\"test\": 2432232314}";
        Instant sent = Instant.ofEpochSecond(1_614_265_330);
        String[] headers = {
            "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp", "1614265330",
            "webhook-signature", "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,x"
        };

        assertTaken(standard, body, key, sent, headers);
        assertRefused(standard, body + " ", key, sent, headers);
        headers[1] = "msg_other";
        assertRefused(standard, body, key, sent, headers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sha256 | ''      | ''
            sha512 | ''      | ''
            sha1   | 'sig='  | ''
            sha256 | 'v='    | x-sent
            """)
    void knowsSignaturesOfAnySender(String algorithm, String prefix, String timestampHeader) throws Exception {
        String time = timestampHeader.isEmpty() ? "" : ",'timestampHeader':'" + timestampHeader + "'";
        Verification generic = verification("{'scheme':'hmac','secret':'s','header':'X-Mine','algorithm':'" + algorithm
                + "','prefix':'" + prefix + "'" + time + "}");
        String name = "Hmac" + algorithm.toUpperCase(java.util.Locale.ROOT);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance(name);
        mac.init(new javax.crypto.spec.SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), name));
        byte[] signature =
                mac.doFinal(((timestampHeader.isEmpty() ? "" : "60.") + "body").getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.ofEpochSecond(60);
        String hex = java.util.HexFormat.of().formatHex(signature);
        String base64 = java.util.Base64.getEncoder().encodeToString(signature);

        assertTaken(generic, "body", "key", now, "x-mine", prefix + hex, "x-sent", "60");
        assertTaken(generic, "body", "key", now, "x-mine", prefix + base64, "x-sent", "60");
        assertRefused(generic, "Body", "key", now, "x-mine", prefix + hex, "x-sent", "60");
        assertRefused(generic, "body", "key", now, "x-mine", "no" + prefix + hex, "x-sent", "60");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'verification':{'scheme':'github'}}                              | the name of a secret
            {'verification':{'scheme':'none','secret':'s'}}                   | Expected no secret
            {'verification':{'scheme':'sms','secret':'s'}}                    | a scheme out of github
            {'verification':{'scheme':'hmac','secret':'s','algorithm':'md5'}} | an algorithm out of
            {'verification':{'scheme':'none'},'event':{'type':'1 +'}}         | a jq expression for type
            {'verification':{'scheme':'none'},'event':{'kind':'1'}}           | kind
            {'verification':{'scheme':'none'},'maxBytes':0}                   | from 1 to
            {}                                                                | verification
            """)
    void namesWhatIsWrongWithAConfiguration(String configuration, String expected) {
        ServiceException refused = catchThrowableOfType(
                ServiceException.class, () -> Webhook.read("w", Json.readTrusted(configuration.replace('\'', '"'))));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.detail()).contains(expected);
    }

    private static Verification verification(String json) {
        return Webhook.read("w", Json.readTrusted("{\"verification\":" + json.replace('\'', '"') + "}"))
                .verification();
    }

    private static HookRequest request(String body, String... headers) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int index = 0; index < headers.length; index += 2) {
            map.put(headers[index], headers[index + 1]);
        }
        return new HookRequest(map, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertTaken(
            Verification verification, String body, String key, Instant now, String... headers) {
        assertThatCode(() -> verification.check(request(body, headers), key, now))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(
            Verification verification, String body, String key, Instant now, String... headers) {
        ServiceException refused = catchThrowableOfType(
                ServiceException.class, () -> verification.check(request(body, headers), key, now));
        assertThat(refused.code()).isEqualTo(ErrorCode.SIGNATURE_REFUSED);
        assertThat(refused.detail()).doesNotContain(key);
    }
}
