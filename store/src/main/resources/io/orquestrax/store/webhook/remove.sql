DELETE FROM orquestrax.webhook WHERE name = ?
