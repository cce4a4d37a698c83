-- After a position in (namespace, name, trigger); without a filter or a position its parameters are null.
SELECT namespace, name, version, content_hash, trigger, expression, zone, paused, next_at, state, fired_at, fired_instance,
       fired_count
FROM orquestrax.schedule
CROSS JOIN (SELECT ?::text COLLATE "C" AS wanted_namespace, ?::text COLLATE "C" AS wanted_name) AS filter
CROSS JOIN (SELECT ?::text COLLATE "C" AS after_namespace,
                   ?::text COLLATE "C" AS after_name,
                   ?::text COLLATE "C" AS after_trigger) AS position
WHERE (wanted_namespace IS NULL OR namespace = wanted_namespace)
  AND (wanted_name IS NULL OR name = wanted_name)
  AND (after_namespace IS NULL
       OR (namespace, name, trigger) > (after_namespace, after_name, after_trigger))
ORDER BY namespace, name, trigger
LIMIT ?
