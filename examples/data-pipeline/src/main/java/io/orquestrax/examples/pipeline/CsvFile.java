package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.JobFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header line, read as a stream: one record is in memory at a time.
 *
 * @param reference what messages call the file
 */
record CsvFile(Path path, String reference) {
    static final int MAX_ROWS = 200_000;
    static final int MAX_COLUMNS = 50;
    static final long MAX_BYTES = 64L << 20;

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
    private static final Pattern START_LINE = Pattern.compile("startline ([0-9,]+)");

    /** One line, which is several where a quoted value holds line breaks. */
    @FunctionalInterface
    interface RecordConsumer {

        /**
         * Takes one record.
         *
         * @param line where it begins, from 1
         */
        void accept(long line, CSVRecord values) throws IOException;
    }

    /**
     * The names in the header line.
     *
     * @throws JobFailure where the file has none, or is larger than the limits
     */
    List<String> header() throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw PipelineError.FILE_TOO_LARGE.in(
                    reference, "it has " + Files.size(path) + " bytes, and at most " + MAX_BYTES + " are taken");
        }
        try (BufferedReader reader = Files.newBufferedReader(path);
                CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            return checkedHeader(hasNext(parser, records) ? records.next().toList() : List.of(""));
        }
    }

    /**
     * Hands over every record after the header.
     *
     * @throws JobFailure where the file is not CSV in UTF-8, or has too many rows
     */
    void forEach(RecordConsumer consumer) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(path);
                CSVParser parser = CSVParser.parse(reader, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            long lastLine = 0;
            while (hasNext(parser, records)) {
                CSVRecord values = records.next();
                long rows = parser.getRecordNumber() - 1;
                if (rows > MAX_ROWS) {
                    throw PipelineError.FILE_TOO_LARGE.in(
                            reference, lastLine + 1, "it has more than " + MAX_ROWS + " rows");
                }
                if (rows > 0) {
                    consumer.accept(lastLine + 1, values);
                }
                lastLine = parser.getCurrentLineNumber();
            }
        }
    }

    private List<String> checkedHeader(List<String> names) {
        // Some programs begin a file with a byte order mark.
        List<String> header = names.stream()
                .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
                .map(String::strip)
                .toList();
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (name.isEmpty()) {
                throw PipelineError.MALFORMED_FILE.in(reference, 1, "a column has no name in the header line");
            }
            if (!seen.add(name)) {
                throw PipelineError.MALFORMED_FILE.in(reference, 1, "two columns are called \"" + name + "\"");
            }
        }
        if (header.size() > MAX_COLUMNS) {
            throw PipelineError.FILE_TOO_LARGE.in(
                    reference, 1, "it has " + header.size() + " columns, and at most " + MAX_COLUMNS + " are taken");
        }
        return header;
    }

    /** Where the parser stumbles, says where. */
    private boolean hasNext(CSVParser parser, Iterator<CSVRecord> records) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException unreadable) {
            IOException cause = unreadable.getCause();
            if (cause instanceof CharacterCodingException) {
                throw PipelineError.MALFORMED_FILE
                        .in(reference, parser.getCurrentLineNumber() + 1, "it is not UTF-8 there or soon after")
                        .cause(cause);
            }
            if (cause instanceof CSVException) {
                throw malformed(parser, cause);
            }
            throw cause;
        }
    }

    private JobFailure malformed(CSVParser parser, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher start = START_LINE.matcher(message);
        long line = start.find()
                ? Long.parseLong(start.group(1).replace(",", ""))
                : Math.max(1, parser.getCurrentLineNumber());
        String what = message.contains("EOF") ? "a quoted value that begins there does not end" : message;
        return PipelineError.MALFORMED_FILE.in(reference, line, what).cause(cause);
    }
}
