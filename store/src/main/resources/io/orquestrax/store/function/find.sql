SELECT name, version, content_hash, source, deployed_at, deployed_by, retired_at
FROM orquestrax.function
WHERE name = ? AND version = ?
