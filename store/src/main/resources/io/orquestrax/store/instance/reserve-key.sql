-- Reserves the key, or answers who holds it; the update makes a concurrent reservation wait for this one and then see it.
INSERT INTO orquestrax.business_key AS held (namespace, name, key, instance_id, fingerprint)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT (namespace, name, key) DO UPDATE
    SET repeats = held.repeats + 1
RETURNING instance_id, fingerprint, repeats = 0 AS is_new
