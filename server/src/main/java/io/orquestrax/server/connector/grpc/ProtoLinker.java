package io.orquestrax.server.connector.grpc;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.WrappersProto;
import com.google.rpc.ErrorDetailsProto;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Uris;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a document and what it imports, and links them. An import is looked for beside the document, and then in each
 * directory above it: where the root of its paths is, a document does not say.
 */
final class ProtoLinker {
    private static final int MAX_FILES = 200;
    private static final int MAX_DEPTH = 50;

    /** What everybody imports, and the library brings along; JSON has a form of its own for most of them. */
    private static final Map<String, FileDescriptor> WELL_KNOWN = byName(
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            DescriptorProtos.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            SourceContextProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            TypeProto.getDescriptor(),
            WrappersProto.getDescriptor(),
            ErrorDetailsProto.getDescriptor());

    private final URI source;
    private final Fetch fetch;
    private final int maxBytes;
    private final Map<String, FileDescriptor> linked = new HashMap<>(WELL_KNOWN);
    private final List<String> open = new ArrayList<>();
    private int bytesRead;

    /** Reads what stands at a URI. */
    interface Fetch {
        String read(URI uri, int maxBytes) throws ConnectorFailure, InterruptedException;
    }

    ProtoLinker(URI source, Fetch fetch, int maxBytes) {
        this.source = source;
        this.fetch = fetch;
        this.maxBytes = maxBytes;
    }

    ProtoDocument link() throws ConnectorFailure, InterruptedException {
        FileDescriptor file = link(source.toString(), fetched(source));
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        linked.values().forEach(each -> types.add(each.getMessageTypes()));
        return new ProtoDocument(source.toString(), file, types.build());
    }

    int bytesRead() {
        return bytesRead;
    }

    private FileDescriptor link(String name, String text) throws ConnectorFailure, InterruptedException {
        FileDescriptorProto described = ProtoText.read(name, text);
        if (open.size() >= MAX_DEPTH || linked.size() >= MAX_FILES + WELL_KNOWN.size()) {
            throw InvalidProto.document(
                    "Expected at most " + MAX_FILES + " documents that import each other, but found more.");
        }
        open.add(name);
        FileDescriptor[] imports = new FileDescriptor[described.getDependencyCount()];
        for (int index = 0; index < imports.length; index++) {
            imports[index] = imported(described.getDependency(index));
        }
        open.removeLast();
        try {
            FileDescriptor file = FileDescriptor.buildFrom(described, imports);
            linked.put(name, file);
            return file;
        } catch (DescriptorValidationException invalid) {
            throw InvalidProto.document("Expected a proto document, but " + name + " is none: "
                    + invalid.getProblemSymbolName() + ": " + invalid.getDescription());
        }
    }

    private FileDescriptor imported(String path) throws ConnectorFailure, InterruptedException {
        FileDescriptor known = linked.get(path);
        if (known != null) {
            return known;
        }
        if (open.contains(path)) {
            throw InvalidProto.document("Expected imports that end, but " + path + " imports itself.");
        }
        Optional<String> shipped = path.startsWith("google/") ? shipped(path) : Optional.empty();
        return link(path, shipped.isPresent() ? shipped.get() : found(path));
    }

    /** Of those that come with the library, such as {@code google/api/annotations.proto}. */
    private static Optional<String> shipped(String path) {
        try (InputStream content = FileDescriptor.class.getClassLoader().getResourceAsStream(path)) {
            return content == null
                    ? Optional.empty()
                    : Optional.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String found(String path) throws ConnectorFailure, InterruptedException {
        if (path.contains(":") || path.startsWith("/") || path.contains("..")) {
            throw InvalidProto.document("Expected imports by a path, but found \"" + path + "\".");
        }
        String reason = "";
        for (URI candidate : candidates(path)) {
            try {
                return fetched(candidate);
            } catch (ConnectorFailure notThere) {
                reason = reason.isEmpty() ? String.valueOf(notThere.error().detail()) : reason;
            }
        }
        throw InvalidProto.document("Expected the import \"" + path + "\" beside " + source
                + " or above it, but it is not there: " + reason);
    }

    private List<URI> candidates(String path) {
        List<URI> candidates = new ArrayList<>();
        URI directory = source.resolve(".");
        while (candidates.size() < MAX_DEPTH) {
            candidates.add(directory.resolve(path));
            URI above = directory.resolve("..");
            if (above.equals(directory) || above.toString().contains("..")) {
                break;
            }
            directory = above;
        }
        if (!Uris.isHttp(source)) {
            candidates.add(URI.create("file:///").resolve(path));
        }
        return candidates;
    }

    private String fetched(URI uri) throws ConnectorFailure, InterruptedException {
        String text = fetch.read(uri, maxBytes - bytesRead);
        bytesRead = (int) Math.min(maxBytes, (long) bytesRead + text.length());
        return text;
    }

    private static Map<String, FileDescriptor> byName(FileDescriptor... files) {
        Map<String, FileDescriptor> byName = new HashMap<>();
        Stream.of(files).forEach(file -> byName.put(file.getName(), file));
        return Map.copyOf(byName);
    }
}
