SELECT coalesce(max(sequence), 0)
FROM orquestrax.event
WHERE instance_id = ?
