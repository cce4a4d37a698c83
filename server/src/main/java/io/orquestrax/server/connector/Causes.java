package io.orquestrax.server.connector;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in words why something outside failed, as the end of a sentence without its full stop. */
public final class Causes {
    private static final int MAX_DEPTH = 10;

    private Causes() {}

    public static String of(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
            boolean isUnknown = each instanceof CertPathBuilderException
                    || (each instanceof CertPathValidatorException known
                            && known.getReason() == BasicReason.INVALID_SIGNATURE);
            if (isUnknown) {
                return "its certificate is of no authority that is trusted here (an operator adds some with"
                        + " connectors.tls.authorities)";
            }
            if (each instanceof CertPathValidatorException known && known.getReason() == BasicReason.EXPIRED) {
                return "its certificate has expired";
            }
            each = each.getCause();
        }
        return words(failure, 0);
    }

    private static String words(Throwable failure, int depth) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        boolean isOfItsOwn = message != null && !message.isBlank() && !message.equals(String.valueOf(cause));
        if (isOfItsOwn) {
            return withoutFullStop(message);
        }
        return cause == null || cause == failure || depth == MAX_DEPTH ? kind(failure) : words(cause, depth + 1);
    }

    private static String withoutFullStop(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\.+$", "");
    }

    private static String kind(Throwable failure) {
        return switch (failure) {
            case EOFException _ -> "what it sent ended too early";
            case TimeoutException _ -> "it did not answer in time";
            case ClosedChannelException _ -> "the connection was closed";
            default -> {
                String name = failure.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
                String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
                yield "it failed" + (words.isBlank() ? "" : " with \"" + words + "\"");
            }
        };
    }
}
