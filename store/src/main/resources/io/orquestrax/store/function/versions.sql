SELECT name, version, content_hash, '' AS source, deployed_at, deployed_by, retired_at
FROM orquestrax.function
WHERE name = ?
ORDER BY version_order DESC, version DESC
LIMIT ?
