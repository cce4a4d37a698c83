-- A node that gives any sign of life, and whose level differs by more than one.
SELECT id, version, level, peer_address, api_address, state, started_at
FROM orquestrax.node
WHERE id <> ?
  AND abs(level - ?) > 1
  AND (heartbeat_at > clock_timestamp() - ? * interval '1 millisecond' OR lock_key IN (SELECT key FROM held))
ORDER BY id
LIMIT 1
