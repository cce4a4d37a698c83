package io.orquestrax.dashboard.events;

import org.jspecify.annotations.Nullable;

/**
 * The form that publishes an event, as the reader filled it in.
 *
 * @param id empty for a new one
 * @param data JSON; empty for none
 * @param dataError what is wrong with the data; null where nothing is
 * @param error what else is wrong; null where nothing is
 */
public record PublishForm(
        String type,
        String source,
        String subject,
        String id,
        String data,
        @Nullable String dataError,
        @Nullable String error) {

    static PublishForm of(String type, String source, String subject, String id, String data) {
        return new PublishForm(type, source, subject, id, data, null, null);
    }

    /** Whether the error names this attribute of the event as its place. */
    public boolean isAbout(String attribute) {
        return error != null && error.contains(" at /" + attribute + ",");
    }

    PublishForm withDataError(String text) {
        return new PublishForm(type, source, subject, id, data, text, null);
    }

    PublishForm withError(String text) {
        return new PublishForm(type, source, subject, id, data, null, text);
    }
}
