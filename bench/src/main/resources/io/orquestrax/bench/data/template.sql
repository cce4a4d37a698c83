SELECT started_at, wake_at, (SELECT count(*)::integer FROM orquestrax.partition)
FROM orquestrax.instance
WHERE id = ?
