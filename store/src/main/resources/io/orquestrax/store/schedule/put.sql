INSERT INTO orquestrax.schedule
    (namespace, name, version, content_hash, trigger, expression, zone, paused, next_at, state, fired_at, fired_instance,
     fired_count, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?)
ON CONFLICT (namespace, name, trigger) DO UPDATE
SET version = excluded.version, content_hash = excluded.content_hash, expression = excluded.expression,
    zone = excluded.zone, paused = excluded.paused, next_at = excluded.next_at, state = excluded.state,
    updated_at = excluded.updated_at
