package io.orquestrax.server.connector.authentication;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Authorization;
import io.orquestrax.server.connector.secret.Redaction;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.auth.MalformedChallengeException;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.DigestScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.ParserCursor;

/** Answers a challenge, so that the password itself does not go out (RFC 7616). */
record DigestAuthorization(String username, String password, Redaction redaction) implements Authorization {

    static DigestAuthorization read(SchemeFields fields, Redaction redaction) throws ConnectorFailure {
        return new DigestAuthorization(fields.sendable("username"), fields.required("password"), redaction);
    }

    @Override
    public Optional<String> first() {
        return Optional.empty();
    }

    @Override
    public boolean needsChallenge() {
        return true;
    }

    @Override
    public Optional<String> afterRefusal(String method, URI uri, String challenges) throws ConnectorFailure {
        for (AuthChallenge challenge : digests(challenges)) {
            Optional<String> answer = answer(challenge, method, uri);
            if (answer.isPresent()) {
                redaction.add(answer.get());
                return answer;
            }
        }
        return Optional.empty();
    }

    /** The strongest first. */
    private static List<AuthChallenge> digests(String challenges) throws ConnectorFailure {
        try {
            return AuthChallengeParser.INSTANCE
                    .parse(ChallengeType.TARGET, challenges, new ParserCursor(0, challenges.length()))
                    .stream()
                    .filter(each -> StandardAuthScheme.DIGEST.equalsIgnoreCase(each.getSchemeName()))
                    .sorted(Comparator.comparing(DigestAuthorization::isWeak))
                    .toList();
        } catch (ParseException malformed) {
            throw ConnectorFailure.communication(
                    401, "Malformed challenge", "Expected a challenge for digest authentication, but it is malformed.");
        }
    }

    private static boolean isWeak(AuthChallenge challenge) {
        return challenge.getParams() == null
                || challenge.getParams().stream()
                        .noneMatch(parameter -> parameter.getName().equalsIgnoreCase("algorithm")
                                && String.valueOf(parameter.getValue())
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .startsWith("SHA-"));
    }

    /** Empty for an algorithm that is not known. */
    private Optional<String> answer(AuthChallenge challenge, String method, URI uri) {
        HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials(username, password.toCharArray()));
        HttpClientContext context = HttpClientContext.create();
        DigestScheme scheme = new DigestScheme();
        try {
            scheme.processChallenge(challenge, context);
            String target = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return scheme.isResponseReady(host, credentials, context)
                    ? Optional.of(
                            scheme.generateAuthResponse(host, new BasicHttpRequest(method, target + query), context))
                    : Optional.empty();
        } catch (MalformedChallengeException | AuthenticationException unknown) {
            return Optional.empty();
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DigestAuthorization";
    }
}
