SELECT name, configuration, changed_at, changed_by
FROM orquestrax.webhook
WHERE ?::text IS NULL OR name > ?::text COLLATE "C"
ORDER BY name
LIMIT ?
