-- After a position in (namespace, name, version downwards); without a filter or a position its parameters are null.
SELECT namespace, name, version, version_order, content_hash, title, summary, '' AS source, '{}' AS resources,
       deployed_at, deployed_by
FROM orquestrax.definition
CROSS JOIN (SELECT ?::text COLLATE "C" AS wanted_namespace, ?::text COLLATE "C" AS wanted_name) AS filter
CROSS JOIN (SELECT ?::text COLLATE "C" AS after_namespace,
                   ?::text COLLATE "C" AS after_name,
                   ?::text COLLATE "C" AS after_order,
                   ?::text COLLATE "C" AS after_version) AS position
WHERE (wanted_namespace IS NULL OR namespace = wanted_namespace)
  AND (wanted_name IS NULL OR name = wanted_name)
  AND (after_namespace IS NULL
       OR (namespace, name) > (after_namespace, after_name)
       OR (namespace, name) = (after_namespace, after_name) AND (version_order, version) < (after_order, after_version))
ORDER BY namespace, name, version_order DESC, version DESC
LIMIT ?
