-- Reserves the key, or answers who holds it; the update makes a concurrent reservation wait for this one and then see it.
-- A reservation that an instance outlived is one for a retry that never came to be, and is passed on once it is old.
INSERT INTO orquestrax.business_key AS held (namespace, name, key, instance_id, fingerprint)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT (namespace, name, key) DO UPDATE
    SET (instance_id, fingerprint, reserved_at, repeats) = (
        SELECT CASE WHEN judged.is_left THEN excluded.instance_id ELSE held.instance_id END,
               CASE WHEN judged.is_left THEN excluded.fingerprint ELSE held.fingerprint END,
               CASE WHEN judged.is_left OR held.instance_id = excluded.instance_id
                   THEN excluded.reserved_at ELSE held.reserved_at END,
               CASE WHEN judged.is_left THEN 0 ELSE held.repeats + 1 END
        FROM (
            SELECT held.reserved_at < now() - interval '10 minutes'
               AND EXISTS (
                   SELECT FROM orquestrax.instance closed
                   WHERE closed.id = held.instance_id AND closed.closed_at IS NOT NULL
               ) AS is_left
        ) AS judged
    )
RETURNING instance_id, fingerprint, repeats = 0 AS is_new
