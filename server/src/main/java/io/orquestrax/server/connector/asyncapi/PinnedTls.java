package io.orquestrax.server.connector.asyncapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** TLS with the host that the document names, over a connection to the address that was checked. */
final class PinnedTls extends SSLContextSpi {
    private final Guarded.Place place;
    private final SSLContext tls;

    private PinnedTls(Guarded.Place place, SSLContext tls) {
        this.place = place;
        this.tls = tls;
    }

    /** For a client that puts TLS on its own sockets: whatever name it gives, that of the place counts. */
    static SSLContext context(Guarded.Place place, SSLContext tls) {
        return new Context(new PinnedTls(place, tls), tls);
    }

    /**
     * After the handshake.
     *
     * @throws javax.net.ssl.SSLException where the certificate is none of the host, or of nobody who is trusted
     */
    static SSLSocket over(Socket plain, Guarded.Place place, SSLContext tls) throws IOException {
        SSLSocket secured = (SSLSocket) layered(plain, place, tls, true);
        secured.startHandshake();
        return secured;
    }

    private static Socket layered(Socket plain, Guarded.Place place, SSLContext tls, boolean closesPlain)
            throws IOException {
        SSLSocket secured = (SSLSocket)
                tls.getSocketFactory().createSocket(plain, place.address().getHostName(), place.port(), closesPlain);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    private static final class Context extends SSLContext {
        Context(PinnedTls pinned, SSLContext of) {
            super(pinned, of.getProvider(), of.getProtocol());
        }
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        SSLSocketFactory factory = tls.getSocketFactory();
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket(Socket plain, String host, int port, boolean closesPlain) throws IOException {
                return layered(plain, place, tls, closesPlain);
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return factory.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return factory.getSupportedCipherSuites();
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return over(new Socket(place.address(), place.port()), place, tls);
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
                return createSocket(host, port);
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return createSocket("", port);
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                    throws IOException {
                return createSocket("", port);
            }
        };
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("Expected a context that is ready, but it was to be made so again");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return tls.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return engineCreateSSLEngine("", place.port());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        SSLEngine engine = tls.createSSLEngine(place.address().getHostName(), place.port());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return tls.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return tls.getSupportedSSLParameters();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return tls.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return tls.getClientSessionContext();
    }
}
