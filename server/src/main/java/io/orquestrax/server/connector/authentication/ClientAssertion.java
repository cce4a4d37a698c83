package io.orquestrax.server.connector.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orquestrax.server.connector.ConnectorFailure;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A JWT with which a client says who it is (RFC 7523 section 3); each works once. */
record ClientAssertion(String clientId, String audience, Instant now) {
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final int SHORTEST_SECRET_BYTES = 32;

    String withSecret(String secret) throws ConnectorFailure {
        try {
            return signed(JWSAlgorithm.HS256, null, new MACSigner(secret));
        } catch (JOSEException tooShort) {
            throw SchemeFields.invalid("Expected a client's secret of at least " + SHORTEST_SECRET_BYTES
                    + " bytes for client_secret_jwt, but it is shorter.");
        }
    }

    /**
     * @param key in PEM (PKCS #8) or as a JWK; RSA or EC
     */
    String withPrivateKey(String key) throws ConnectorFailure {
        try {
            return key.stripLeading().startsWith("{") ? withJwk(JWK.parse(key)) : withPem(key);
        } catch (ParseException | GeneralSecurityException | JOSEException | IllegalArgumentException unusable) {
            throw SchemeFields.invalid("Expected a private key of RSA or EC, in PEM (PKCS #8) or as a JWK, as the"
                    + " client's secret for private_key_jwt, but it is none.");
        }
    }

    private String withJwk(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(rsa));
            case ECKey ec -> signed(algorithm(ec.getCurve()), key.getKeyID(), new ECDSASigner(ec));
            default -> throw new JOSEException("Expected RSA or EC");
        };
    }

    private String withPem(String pem) throws GeneralSecurityException, JOSEException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
        for (String kind : List.of("RSA", "EC")) {
            try {
                PrivateKey key = KeyFactory.getInstance(kind).generatePrivate(encoded);
                return key instanceof ECPrivateKey ec
                        ? signed(algorithm(Curve.forECParameterSpec(ec.getParams())), null, new ECDSASigner(ec))
                        : signed(JWSAlgorithm.RS256, null, new RSASSASigner(key));
            } catch (InvalidKeySpecException ofAnotherKind) {
                continue;
            }
        }
        throw new GeneralSecurityException("Expected RSA or EC");
    }

    private static JWSAlgorithm algorithm(Curve curve) throws JOSEException {
        if (Curve.P_256.equals(curve)) {
            return JWSAlgorithm.ES256;
        }
        if (Curve.P_384.equals(curve)) {
            return JWSAlgorithm.ES384;
        }
        if (Curve.P_521.equals(curve)) {
            return JWSAlgorithm.ES512;
        }
        throw new JOSEException("Expected a curve of NIST");
    }

    private String signed(JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
