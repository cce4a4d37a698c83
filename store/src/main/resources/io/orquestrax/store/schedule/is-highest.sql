SELECT version = ?
FROM orquestrax.definition
WHERE namespace = ? AND name = ?
ORDER BY version_order DESC, version DESC
LIMIT 1
