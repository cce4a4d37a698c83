package io.orquestrax.dsl.plan;

import org.jspecify.annotations.Nullable;

/** Static equality on those members that are given; types are compared by {@link StandardError#canonicalType}. */
public record ErrorFilter(
        @Nullable String type,
        @Nullable Integer status,
        @Nullable String instance,
        @Nullable String title,
        @Nullable String detail) {

    public boolean matches(WorkflowError error) {
        return (type == null || StandardError.canonicalType(type).equals(StandardError.canonicalType(error.type())))
                && (status == null || status == error.status())
                && (instance == null || instance.equals(error.instance()))
                && (title == null || title.equals(error.title()))
                && (detail == null || detail.equals(error.detail()));
    }
}
