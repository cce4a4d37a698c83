INSERT INTO orquestrax.id_range (from_id, to_id, is_kept)
VALUES (?, ?, ?)
RETURNING number
