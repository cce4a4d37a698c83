INSERT INTO orquestrax.function (name, version, version_order, content_hash, source, deployed_at, deployed_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (name, version) DO NOTHING
