-- A second start under the same id is the same start.
INSERT INTO orquestrax.message (id, partition, instance_id, kind, data)
VALUES (?, ?, ?, 'start', ?::json)
ON CONFLICT (id) DO NOTHING
