INSERT INTO orquestrax.definition
    (namespace, name, version, version_order, content_hash, title, summary, source, resources, deployed_at,
     deployed_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?)
ON CONFLICT (namespace, name, version) DO NOTHING
