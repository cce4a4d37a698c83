package io.orquestrax.dashboard.web;

/** Answers one request; runs on a thread that may block. */
@FunctionalInterface
public interface PageHandler {

    /**
     * @throws io.orquestrax.server.orchestration.ServiceException for what the reader caused; becomes an error page
     */
    PageReply answer(PageRequest request);
}
