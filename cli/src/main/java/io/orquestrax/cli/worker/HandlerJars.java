package io.orquestrax.cli.worker;

import io.orquestrax.cli.command.CommandFailure;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars that hold a user's handlers, below the classes of this command. */
final class HandlerJars {
    private HandlerJars() {}

    static URLClassLoader open(List<Path> paths) {
        List<URL> urls = new ArrayList<>();
        try {
            for (Path path : paths) {
                for (Path jar : jars(path)) {
                    urls.add(jar.toUri().toURL());
                }
            }
        } catch (IOException unreadable) {
            throw CommandFailure.usage("Expected jars that can be read, but " + unreadable + ".");
        }
        return new URLClassLoader("handlers", urls.toArray(URL[]::new), HandlerJars.class.getClassLoader());
    }

    private static List<Path> jars(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*.jar")) {
                entries.forEach(jars::add);
            }
        }
        if (jars.isEmpty()) {
            throw CommandFailure.usage("Expected --jar to be a jar or a folder of jars, but it is " + path + ".");
        }
        jars.sort(null);
        return jars;
    }
}
