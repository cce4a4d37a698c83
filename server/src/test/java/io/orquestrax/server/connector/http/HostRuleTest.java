package io.orquestrax.server.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.secret.Redaction;
import io.orquestrax.server.settings.InvalidSettingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts may be called, and that a connection goes nowhere else. */
class HostRuleTest {
    private static final HostRule DEFAULT = rule("", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "fec0::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "::ffff:0:127.0.0.1"
            })
    void refusesAddressesThatAreNotOfTheInternet(String address) throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByName(address));

        assertThatThrownBy(() -> DEFAULT.permitted("some.host", 80, addresses))
                .isInstanceOfSatisfying(ConnectorFailure.class, failure -> {
                    assertThat(failure.error().type()).endsWith("/authorization");
                    assertThat(failure.error().status()).isEqualTo(403);
                    assertThat(failure.error().title()).isEqualTo("Host not allowed");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "9.9.9.9",
                "2606:4700::1111",
                "64:ff9b::101:101"
            })
    void permitsAddressesOfTheInternet(String address) throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByName(address));

        assertThat(DEFAULT.permitted("some.host", 80, addresses)).isEqualTo(addresses);
    }

    @Test
    void leavesOutTheAddressesThatMayNotBeConnectedTo() throws Exception {
        InetAddress open = InetAddress.getByName("1.1.1.1");

        assertThat(DEFAULT.permitted("mixed", 80, List.of(InetAddress.getByName("10.0.0.1"), open)))
                .containsExactly(open);
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8', '', some.host, 80, 10.1.2.3, true",
        "'10.0.0.0/8', '', some.host, 80, 192.168.0.1, false",
        "'fd00::/8', '', some.host, 80, fd00::1, true",
        "'10.0.0.0/8', '', some.host, 80, 64:ff9b::a01:203, true",
        "'127.0.0.1:8080', '', localhost, 8080, 127.0.0.1, true",
        "'127.0.0.1:8080', '', localhost, 8081, 127.0.0.1, false",
        "'[::1]:8080', '', localhost, 8080, ::1, true",
        "'internal.example', '', INTERNAL.example., 80, 10.0.0.1, true",
        "'internal.example:443', '', internal.example, 80, 10.0.0.1, false",
        "'*.internal.example', '', a.b.internal.example, 80, 10.0.0.1, true",
        "'*.internal.example', '', internal.example, 80, 10.0.0.1, false",
        "'', 'evil.example', evil.example, 80, 1.1.1.1, false",
        "'', '1.1.0.0/16', some.host, 80, 1.1.1.1, false",
        "'some.host', '10.0.0.5', some.host, 80, 10.0.0.5, false",
        "'', '*', some.host, 80, 1.1.1.1, false",
        "'some.host', '*', some.host, 80, 1.1.1.1, true",
        "'*', '', some.host, 80, 127.0.0.1, true"
    })
    void anOperatorDecidesOtherwise(
            String allowed, String refused, String host, int port, String address, boolean isPermitted)
            throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByName(address));
        HostRule rule = rule(allowed, refused);

        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> rule.permitted(host, port, addresses));

        assertThat(failure == null).isEqualTo(isPermitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x/", "10.0.0.0/33", "a:b:c", "host:port"})
    void namesAnEntryThatIsNone(String entry) {
        Map<String, String> settings = Map.of("connectors.http.hosts.allowed", "fine.example, " + entry);

        assertThatThrownBy(() -> TestingConnectors.of(settings, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("connectors.http.hosts.allowed");
    }

    @Test
    void asksForTheAddressesOnceAndConnectsToThemOnly() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        try (TestingSite site = new TestingSite();
                HttpSender sender = sender(rule("rebinding.example", ""), HostOverrides.NONE, host -> {
                    // A name server that answers differently the second time.
                    String address = lookups.incrementAndGet() == 1 ? "127.0.0.1" : "203.0.113.1";
                    return List.of(InetAddress.getByName(address));
                })) {
            site.on("/", 200, "text/plain", "here");

            IncomingResponse response = send(sender, "http://rebinding.example:" + site.port() + "/");

            assertThat(response.text()).isEqualTo("here");
            assertThat(lookups).hasValue(1);
            assertThat(site.asked().headers()).containsEntry("Host", "rebinding.example:" + site.port());
        }
    }

    @Test
    void refusesANameWhoseAddressIsPrivate() {
        try (TestingSite site = new TestingSite();
                HttpSender sender = sender(DEFAULT, HostOverrides.NONE, host -> List.of(loopback()))) {
            site.on("/", 200, "text/plain", "internal");

            assertThatThrownBy(() -> send(sender, "http://public.example:" + site.port() + "/"))
                    .isInstanceOf(ConnectorFailure.class)
                    .hasMessageContaining("127.0.0.1 is of this machine");
            assertThat(site.wasAsked()).isFalse();
        }
    }

    @Test
    void triesTheNextAddressWhereNobodyListens() throws Exception {
        try (TestingSite site = new TestingSite();
                HttpSender sender = sender(
                        rule("127.0.0.0/8", ""),
                        HostOverrides.NONE,
                        host -> List.of(InetAddress.getByName("127.1.2.3"), loopback()))) {
            site.on("/", 200, "text/plain", "here");

            assertThat(send(sender, "http://two.example:" + site.port() + "/").text())
                    .isEqualTo("here");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://2130706433:%d/",
                "http://[::1]:%d/",
                "http://0x7f.1:%d/",
                "http://127.0.0.1:9999%d/"
            })
    void refusesThisMachineHoweverItIsSpelled(String uri) {
        try (TestingConnectors connectors =
                TestingConnectors.of(Map.of("connectors.http.hosts.allowed", ""), Map.of())) {
            String with = "{'method':'get','endpoint':'" + uri.formatted(9) + "'}";

            assertThat(connectors.httpFailure(with).title()).isIn("Host not allowed", "Host not found", "Invalid URI");
        }
    }

    @Test
    void connectsToTheOverrideAndSaysTheOriginalHost() throws Exception {
        try (TestingSite site = new TestingSite();
                TestingConnectors connectors = TestingConnectors.of(
                        Map.of(
                                "connectors.http.hosts.allowed",
                                "",
                                "connectors.http.host-overrides",
                                "petstore.swagger.io=http://127.0.0.1:" + site.port()),
                        Map.of())) {
            site.on("/v2/pet", 200, "application/json", "{\"id\":1}");

            String output = connectors
                    .http("{'method':'get','endpoint':'https://petstore.swagger.io/v2/pet?a=1','output':'response'}")
                    .toString();

            assertThat(output).contains("\"uri\":\"https://petstore.swagger.io/v2/pet?a=1\"", "\"content\":{\"id\":1}");
            assertThat(site.asked().headers()).containsEntry("Host", "petstore.swagger.io");
            assertThat(connectors
                            .httpFailure("{'method':'get','endpoint':'" + site.url("/v2/pet") + "'}")
                            .title())
                    .isEqualTo("Host not allowed");
        }
    }

    private static HostRule rule(String allowed, String refused) {
        return new HostRule(patterns(allowed), patterns(refused));
    }

    private static List<HostPattern> patterns(String entries) {
        return HostRule.patterns(entries.isEmpty() ? List.of() : List.of(entries.split(",")))
                .orElseThrow();
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByName("127.0.0.1");
    }

    private static HttpSender sender(HostRule rule, HostOverrides overrides, Addresses addresses) {
        return new HttpSender(
                new HttpLimits(Duration.ofSeconds(10), 10_000), rule, overrides, 4, Trust.ofPlatform(), addresses);
    }

    private static IncomingResponse send(HttpSender sender, String uri) throws ConnectorFailure, InterruptedException {
        return sender.send(new OutgoingRequest("GET", URI.create(uri), Map.of()), false, new Redaction());
    }
}
