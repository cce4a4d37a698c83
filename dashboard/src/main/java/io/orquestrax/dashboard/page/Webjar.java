package io.orquestrax.dashboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The web libraries on the class path; each jar itself says which version it is. */
public enum Webjar {
    HTMX("htmx.org"),
    HTMX_SSE("htmx-ext-sse"),
    LUCIDE("lucide-static");

    private final String artifact;
    private final String version;

    Webjar(String artifact) {
        this.artifact = artifact;
        this.version = version(artifact);
    }

    public byte[] bytes(String path) {
        return read("META-INF/resources/webjars/" + artifact + "/" + version + "/" + path);
    }

    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private static String version(String artifact) {
        String resource = "META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = open(resource)) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = Webjar.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("Expected " + resource + " on the class path, but it is missing");
        }
        return in;
    }
}
