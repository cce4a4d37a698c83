package io.orquestrax.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void saysWhatTheFailureSays() {
        assertThat(Causes.of(new IOException("Connection refused."))).isEqualTo("Connection refused");
        assertThat(Causes.of(new ExecutionException(new IOException("Connection refused"))))
                .isEqualTo("Connection refused");
    }

    @Test
    void hasWordsForFailuresThatSayNothing() {
        assertThat(Causes.of(new EOFException())).isEqualTo("what it sent ended too early");
        assertThat(Causes.of(new ExecutionException(new TimeoutException()))).isEqualTo("it did not answer in time");
        assertThat(Causes.of(new IllegalStateException())).isEqualTo("it failed with \"illegal state\"");
        assertThat(Causes.of(new IOException(new IOException(" ")))).isEqualTo("it failed with \"io\"");
    }

    @Test
    void namesTheSettingForAuthorities() {
        SSLHandshakeException refused = new SSLHandshakeException("(certificate_unknown) PKIX path building failed");
        refused.initCause(new IOException(new CertPathBuilderException("unable to find valid certification path")));

        assertThat(Causes.of(refused)).contains("connectors.tls.authorities").doesNotContain("PKIX");
        assertThat(Causes.of(invalid(BasicReason.INVALID_SIGNATURE))).contains("connectors.tls.authorities");
        assertThat(Causes.of(invalid(BasicReason.EXPIRED))).isEqualTo("its certificate has expired");
    }

    private static SSLHandshakeException invalid(BasicReason reason) {
        SSLHandshakeException refused = new SSLHandshakeException("PKIX path validation failed");
        refused.initCause(new CertPathValidatorException("failed", null, null, -1, reason));
        return refused;
    }
}
