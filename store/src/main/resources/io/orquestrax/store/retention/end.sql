UPDATE orquestrax.id_range
SET to_id = ?
WHERE number = ?
