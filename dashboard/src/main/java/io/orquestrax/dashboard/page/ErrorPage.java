package io.orquestrax.dashboard.page;

/**
 * What a page says in place of its content.
 *
 * @param status of the answer
 * @param title what happened
 * @param text what is still safe, and what to do
 * @param code stable code of the problem
 */
public record ErrorPage(int status, String title, String text, String code, String backHref, String backLabel) {}
