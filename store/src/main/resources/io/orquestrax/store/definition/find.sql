SELECT namespace, name, version, version_order, content_hash, title, summary, source, resources, deployed_at,
       deployed_by
FROM orquestrax.definition
WHERE namespace = ? AND name = ? AND version = ?
