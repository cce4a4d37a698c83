DELETE FROM orquestrax.node
WHERE id = ?
