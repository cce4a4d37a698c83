package io.orquestrax.cli.worker;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.sdk.worker.JobHandlers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Handlers from one Java source file, compiled as the worker starts: the way to a first worker without a build. */
final class HandlerSource {
    private HandlerSource() {}

    /** Every class of the file that implements {@link JobHandlers} and has a constructor without arguments. */
    static List<JobHandlers> load(Path source) {
        Path classes = compile(source);
        try (Stream<Path> files = Files.walk(classes)) {
            // Closed with the process: handlers load their classes while they run.
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, HandlerSource.class.getClassLoader());
            List<JobHandlers> handlers = new ArrayList<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                Class<?> type = loader.loadClass(name.substring(0, name.length() - ".class".length()));
                if (JobHandlers.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    handlers.add((JobHandlers) type.getDeclaredConstructor().newInstance());
                }
            }
            if (handlers.isEmpty()) {
                throw CommandFailure.usage("Expected a class in " + source + " that implements "
                        + JobHandlers.class.getName() + ", but there is none.");
            }
            return handlers;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (ReflectiveOperationException wrong) {
            throw CommandFailure.usage("Expected the handlers in " + source
                    + " to have a constructor without arguments that other classes can call, but " + wrong);
        }
    }

    private static Path compile(Path source) {
        if (!Files.isReadable(source)) {
            throw CommandFailure.usage("Expected a Java source file at " + source + ", but it cannot be read.");
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw CommandFailure.usage("Expected a JDK, but this Java has no compiler. Give --jar instead.");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Path classes = Files.createTempDirectory("orquestrax-handlers");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(classes)));
            List<String> options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean isCompiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!isCompiled) {
                throw CommandFailure.usage("Expected " + source + " to compile, but:\n" + messages);
            }
            return classes;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException leftBehind) {
            // A temporary directory, which the machine clears itself.
        }
    }
}
