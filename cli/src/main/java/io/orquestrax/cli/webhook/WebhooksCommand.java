package io.orquestrax.cli.webhook;

import io.orquestrax.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at webhooks and changes them; by itself it lists them. */
@Command(
        name = "webhooks",
        header = "Look at the webhooks, at which requests of other services become events; make, try and change them.",
        description = "Without a subcommand: lists them with what came to each.",
        footer = {
            "  orquestrax webhooks",
            "  orquestrax webhooks apply github github.yaml",
            "  orquestrax webhooks try github --header 'X-GitHub-Event: push' --data @push.json",
            "  orquestrax webhooks disable github"
        })
public final class WebhooksCommand extends WebhookListing {

    public WebhooksCommand(Terminal terminal) {
        super(terminal);
    }

    /** What may stand behind it. */
    public static List<Object> subcommands(Terminal terminal) {
        return List.of(
                new Listing(terminal),
                new ShowWebhookCommand(terminal),
                new ApplyWebhookCommand(terminal),
                new TryWebhookCommand(terminal),
                new WebhookChanges.Enable(terminal),
                new WebhookChanges.Disable(terminal),
                new WebhookChanges.Delete(terminal));
    }

    @Command(
            name = "list",
            header = "List the webhooks with what came to each.",
            footer = {
                "  orquestrax webhooks list --limit 100",
                "  orquestrax webhooks list --all --output json | jq -r 'select(.received.refused > 0) | .name'"
            })
    private static final class Listing extends WebhookListing {
        Listing(Terminal terminal) {
            super(terminal);
        }
    }
}
