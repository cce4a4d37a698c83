package io.orquestrax.cli.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.command.ListOptions;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Lists webhooks, under whichever name. */
abstract class WebhookListing implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ListOptions listing;

    WebhookListing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        return listing.print(
                terminal,
                "webhooks",
                () -> Route.of("webhooks"),
                new Table("WEBHOOK", "STATE", "SENDER", "PATH", "ACCEPTED", "DUPLICATES", "REFUSED", "LAST"),
                this::cells,
                "There is no webhook yet:  orquestrax webhooks apply NAME FILE");
    }

    private List<String> cells(JsonNode item) {
        WebhookView webhook = new WebhookView(item);
        return List.of(
                webhook.name(),
                webhook.state(terminal.outStyle()),
                webhook.scheme(),
                webhook.path(),
                webhook.received("accepted"),
                webhook.received("duplicates"),
                webhook.received("refused"),
                webhook.last(terminal));
    }
}
