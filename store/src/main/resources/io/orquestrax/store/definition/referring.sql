SELECT namespace, name, version
FROM orquestrax.definition
WHERE (resources -> ?::text) IS NOT NULL
ORDER BY namespace, name, version_order DESC, version DESC
LIMIT ?
