SELECT position, type, envelope, received_at, consumed
FROM orquestrax.cloud_event
WHERE NOT delivered
ORDER BY position
LIMIT ?
