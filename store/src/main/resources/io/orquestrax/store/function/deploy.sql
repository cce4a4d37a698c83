-- One that was retired is put back, if it is the same.
INSERT INTO orquestrax.function AS present
       (name, version, version_order, content_hash, source, deployed_at, deployed_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (name, version) DO UPDATE SET retired_at = NULL
WHERE present.content_hash = excluded.content_hash AND present.retired_at IS NOT NULL
