package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A static file. Its address holds the hash of its content, so that it may be kept for ever.
 */
record Asset(String path, MediaType type, HttpData content, HttpData compressed) {

    static Asset of(String name, MediaType type, byte[] content) {
        int dot = name.lastIndexOf('.');
        String path = "/assets/" + name.substring(0, dot) + "-" + hash(content) + name.substring(dot);
        return new Asset(path, type, HttpData.wrap(content), HttpData.wrap(compress(content)));
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
