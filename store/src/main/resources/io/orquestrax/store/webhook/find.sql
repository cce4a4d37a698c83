SELECT name, configuration, changed_at, changed_by FROM orquestrax.webhook WHERE name = ?
