package io.orquestrax.dashboard.web;

/** Begins a live view. Runs on a thread that may block. */
@FunctionalInterface
public interface LiveSource {

    /**
     * @param changed to be run whenever something may have changed, on any thread; returns at once
     * @throws io.orquestrax.server.orchestration.ServiceException where there is nothing to look at
     */
    LiveView open(PageRequest request, Runnable changed);
}
