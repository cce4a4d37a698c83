package io.orquestrax.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Jars made of classes of this test's class path. */
public final class TestingJar {
    private TestingJar() {}

    /** A jar of classes, the first of which it names as a service. */
    public static Path ofService(Path jar, Class<?> service, List<Class<?>> classes) {
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
                    output.putNextEntry(new JarEntry(entry));
                    if (bytes == null) {
                        throw new IOException("Expected the class file of " + type + ", but it is not there");
                    }
                    bytes.transferTo(output);
                }
            }
            output.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
            output.write(classes.getFirst().getName().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return jar;
    }

    /** The jar that a class is from; made anew where it is from a folder of classes. */
    public static void copyOf(Class<?> type, Path folder) {
        try {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path jar = folder.resolve(type.getSimpleName() + ".jar");
            if (Files.isRegularFile(source)) {
                Files.copy(source, jar);
            } else {
                pack(source, jar);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (java.net.URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                output.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                copy(file, output);
            }
        }
    }

    private static void copy(Path file, OutputStream output) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.transferTo(output);
        }
    }
}
