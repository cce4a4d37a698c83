SELECT uri, count(DISTINCT (namespace, name)) AS definitions
FROM orquestrax.definition CROSS JOIN LATERAL json_object_keys(resources) AS uri
WHERE starts_with(uri, ?)
GROUP BY uri
