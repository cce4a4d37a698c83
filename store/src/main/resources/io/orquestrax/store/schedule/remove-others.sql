DELETE FROM orquestrax.schedule
WHERE namespace = ? AND name = ? AND trigger <> ALL (?)
