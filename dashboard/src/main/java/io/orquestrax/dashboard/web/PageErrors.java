package io.orquestrax.dashboard.web;

import io.orquestrax.dashboard.page.ErrorPage;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.InvalidPageTokenException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into a page that says so. */
final class PageErrors {
    private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);

    private PageErrors() {}

    static ErrorPage of(Throwable thrown, String path) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure instanceof ServiceException refused) {
            return page(refused.code(), refused.detail(), path);
        }
        if (failure instanceof InvalidPageTokenException) {
            return page(
                    ErrorCode.INVALID_PAGE_TOKEN, "The address names a page of a list that no longer fits it.", path);
        }
        LOG.error("A page failed: {}", path, failure);
        return page(
                ErrorCode.INTERNAL,
                "The page could not be made; the server's log says why. Instances go on, whatever pages do. Try again in a moment.",
                path);
    }

    static ErrorPage page(ErrorCode code, String text, String path) {
        Section section = section(path);
        return new ErrorPage(
                code.httpStatus(),
                title(code),
                text,
                code.text(),
                section.href(),
                "All " + section.label().toLowerCase(java.util.Locale.ROOT));
    }

    static Section section(String path) {
        for (Section section : Section.values()) {
            if (path.startsWith(section.href())) {
                return section;
            }
        }
        return Section.INSTANCES;
    }

    private static String title(ErrorCode code) {
        if (code == ErrorCode.INSTANCE_NOT_FOUND) {
            return "There is no such instance";
        }
        if (code == ErrorCode.DEFINITION_NOT_FOUND) {
            return "There is no such definition";
        }
        if (code == ErrorCode.EVENT_NOT_FOUND) {
            return "There is no such event";
        }
        if (code == ErrorCode.FUNCTION_NOT_FOUND) {
            return "There is no such function";
        }
        if (code == ErrorCode.WEBHOOK_NOT_FOUND) {
            return "There is no such webhook";
        }
        return switch (code.httpStatus()) {
            case 404 -> "There is nothing here";
            case 409 -> "Its state does not allow that";
            case 413 -> "That is too large";
            case 429, 503, 504 -> "The server is busy";
            case 500 -> "Something went wrong on the server";
            default -> "The request was not understood";
        };
    }
}
