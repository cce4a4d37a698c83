-- The newest life of a node whose address for clients is this one.
SELECT id
FROM orquestrax.node
WHERE api_address = ?
ORDER BY started_at DESC
LIMIT 1
