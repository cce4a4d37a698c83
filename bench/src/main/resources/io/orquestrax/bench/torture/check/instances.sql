SELECT id::text, partition, name, key, status, input::text, output::text, error::text, started_at, closed_at
FROM orquestrax.instance
WHERE namespace = 'torture'
ORDER BY id
