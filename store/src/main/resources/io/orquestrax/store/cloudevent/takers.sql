SELECT instance_id
FROM orquestrax.cloud_event_taker
WHERE position = ?
ORDER BY instance_id
LIMIT ?
