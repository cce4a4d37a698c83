INSERT INTO orquestrax.definition
    (namespace, name, version, version_order, content_hash, title, summary, source, deployed_at, deployed_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (namespace, name, version) DO NOTHING
