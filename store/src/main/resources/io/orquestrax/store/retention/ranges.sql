SELECT number, from_id, to_id, is_kept
FROM orquestrax.id_range
ORDER BY from_id NULLS FIRST
