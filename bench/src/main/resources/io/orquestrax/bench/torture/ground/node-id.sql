-- The newest life of a node whose address for other nodes is this one.
SELECT id
FROM orquestrax.node
WHERE peer_address = ?
ORDER BY started_at DESC
LIMIT 1
