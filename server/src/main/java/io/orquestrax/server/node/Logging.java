package io.orquestrax.server.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.settings.LogFormat;
import io.orquestrax.server.settings.LogLevel;
import io.orquestrax.server.settings.Settings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines on standard output, as the settings want them. */
public final class Logging {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n";

    /** Libraries that tell more than an operator wants to know. */
    private static final List<String> TALKATIVE = List.of(
            "com.linecorp.armeria", "com.zaxxer.hikari", "org.flywaydb", "io.netty", "io.grpc", "org.apache.kafka");

    private Logging() {}

    public static void configure(Settings settings) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(settings.logFormat(), context));
        console.start();
        Level level = level(settings.logLevel());
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console);
        Level quiet = level.isGreaterOrEqual(Level.WARN) || level == Level.TRACE ? level : Level.WARN;
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(quiet));
        HttpSender.keepClientQuiet();
        // It warns of each stream that a node gives up, with a stack.
        context.getLogger("com.linecorp.armeria.client.AbstractHttpRequestHandler")
                .setLevel(Level.ERROR);
        // It warns of each connection that ends while it is closed; whoever uses it is told.
        context.getLogger("com.rabbitmq.client.impl.ForgivingExceptionHandler").setLevel(Level.ERROR);
        // It warns that virtual threads have no pool to measure.
        context.getLogger("io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics")
                .setLevel(Level.ERROR);
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        return switch (format) {
            case PLAIN -> {
                PatternLayoutEncoder plain = new PatternLayoutEncoder();
                plain.setContext(context);
                plain.setPattern(PATTERN);
                plain.start();
                yield plain;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                json.setWithContext(false);
                json.setWithMessage(false);
                json.setWithArguments(false);
                json.setWithFormattedMessage(true);
                json.start();
                yield json;
            }
        };
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
