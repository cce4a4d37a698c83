package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.server.connector.secret.Redaction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CapturedTest {
    private static final int WINDOW = 64;

    private final Redaction secrets = new Redaction();
    private final Captured captured = Captured.upTo(1 << 20);

    @Test
    void givesTheLastWholeLines() {
        write("a\n".repeat(100) + "b\nhalf");

        assertThat(captured.lastLines(WINDOW, secrets)).endsWith("a\nb").hasSize(WINDOW - 1);
    }

    /** Wherever the window begins, and however much of the secret was written. */
    @Test
    void showsNoPartOfASecretOfSeveralLines() {
        secrets.add("CANARY-ONE\nCANARY-TWO\nCANARY-THREE");
        String secret = "CANARY-ONE\nCANARY-TWO\nCANARY-THREE";
        for (int written = 1; written <= secret.length(); written++) {
            Captured growing = Captured.upTo(1000);
            take(growing, "before\n" + secret.substring(0, written) + (written == secret.length() ? "\n" : ""));

            assertThat(growing.lastLines(WINDOW, secrets)).startsWith("before").doesNotContain("CANARY");
        }
        for (int behind = 0; behind < 2 * WINDOW; behind++) {
            Captured whole = Captured.upTo(1 << 20);
            take(whole, "x\n".repeat(2000) + secret + "\n" + "y".repeat(behind % 7) + "\n".repeat(behind / 7 + 1));
            take(whole, "z\n".repeat(behind / 2));

            assertThat(whole.lastLines(WINDOW, secrets)).doesNotContain("CANARY");
        }
    }

    private void write(String text) {
        take(captured, text);
    }

    private static void take(Captured captured, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        captured.take(bytes, 0, bytes.length);
    }
}
