DELETE FROM orquestrax.id_range
WHERE number = ?
