SELECT content_hash
FROM orquestrax.definition
WHERE namespace = ? AND name = ? AND version = ?
