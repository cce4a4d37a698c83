SELECT name, version, content_hash, source, deployed_at, deployed_by
FROM orquestrax.function
WHERE name = ? AND version = ?
