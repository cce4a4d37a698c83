package io.orquestrax.server.connector.asyncapi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The protocols that are spoken here, of those that AsyncAPI names. */
enum Protocol {
    AMQP(5672, 5671),
    HTTP(80, 443),
    KAFKA(9092, 9092),
    MQTT(1883, 8883),
    NATS(4222, 4222),
    WS(80, 443);

    /** As documents name them, where that is not the protocol's own name; those with TLS have the second list. */
    private static final Map<String, Protocol> PLAIN = Map.ofEntries(
            Map.entry("amqp", AMQP),
            Map.entry("http", HTTP),
            Map.entry("kafka", KAFKA),
            Map.entry("mqtt", MQTT),
            Map.entry("mqtt5", MQTT),
            Map.entry("nats", NATS),
            Map.entry("ws", WS));

    private static final Map<String, Protocol> SECURE = Map.ofEntries(
            Map.entry("amqps", AMQP),
            Map.entry("https", HTTP),
            Map.entry("kafka-secure", KAFKA),
            Map.entry("mqtts", MQTT),
            Map.entry("secure-mqtt", MQTT),
            Map.entry("tls", NATS),
            Map.entry("wss", WS));

    private final int plainPort;
    private final int tlsPort;

    Protocol(int plainPort, int tlsPort) {
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
    }

    int port(boolean isTls) {
        return isTls ? tlsPort : plainPort;
    }

    static Optional<Protocol> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(PLAIN.getOrDefault(lower, SECURE.get(lower)));
    }

    static boolean isTls(String name) {
        return SECURE.containsKey(name.toLowerCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
