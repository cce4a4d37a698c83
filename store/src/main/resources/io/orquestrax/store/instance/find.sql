SELECT id, partition, namespace, name, version, content_hash, key, status,
       started_at, updated_at, closed_at, wake_at, input, output, error, tags
FROM orquestrax.instance
WHERE id = ?
