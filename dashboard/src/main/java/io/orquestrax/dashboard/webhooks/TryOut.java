package io.orquestrax.dashboard.webhooks;

import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Notice;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.webhook.HookRequest;
import io.orquestrax.server.webhook.WebhookPreview;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the reader tries, as it was written, and what it would come to.
 *
 * @param headers one a line: {@code Name: value}
 * @param query as it stands behind the question mark
 * @param verdict null before anything was tried
 * @param event null where there is none
 */
public record TryOut(
        String headers,
        String query,
        String body,
        @Nullable Notice verdict,
        @Nullable JsonView event) {

    static TryOut offered(WebhookLine webhook) {
        String kind = webhook.sender().equals("GitHub") ? "\nX-GitHub-Event: push" : "";
        return new TryOut("Content-Type: application/json" + kind, "", "{}", null, null);
    }

    static TryOut of(String headers, String query, String body) {
        return new TryOut(headers.replace("\r\n", "\n"), query, body.replace("\r\n", "\n"), null, null);
    }

    HookRequest request() {
        Map<String, String> names = new LinkedHashMap<>();
        headers.lines().filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            names.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.strip().split("&", -1)) {
            int sign = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.putIfAbsent(
                        decoded(sign < 0 ? pair : pair.substring(0, sign)),
                        sign < 0 ? "" : decoded(pair.substring(sign + 1)));
            }
        }
        return new HookRequest(names, parameters, body.getBytes(StandardCharsets.UTF_8));
    }

    TryOut with(WebhookPreview preview) {
        Notice told;
        if (preview.mappingError() != null) {
            told = new Notice(Notice.Kind.PROBLEM, "It becomes no event", preview.mappingError(), null);
        } else if (preview.refusal() != null) {
            told = new Notice(Notice.Kind.PROBLEM, "It would be refused as it is", preview.refusal(), null);
        } else {
            told = new Notice(Notice.Kind.INFORMATION, "It would be taken", "Nothing was stored or delivered.", null);
        }
        JsonView json = preview.event() == null ? null : JsonView.ofText(Json.write(preview.event()), "");
        return new TryOut(headers, query, body, told, json);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
