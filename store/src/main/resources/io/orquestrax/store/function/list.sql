-- After a position in (name, version downwards); without one its parameters are null.
SELECT name, version, content_hash, '' AS source, deployed_at, deployed_by, retired_at
FROM orquestrax.function
CROSS JOIN (SELECT ?::text COLLATE "C" AS after_name,
                   ?::text COLLATE "C" AS after_order,
                   ?::text COLLATE "C" AS after_version) AS position
WHERE after_name IS NULL
   OR name > after_name
   OR name = after_name AND (version_order, version) < (after_order, after_version)
ORDER BY name, version_order DESC, version DESC
LIMIT ?
