-- What still goes on.
SELECT (SELECT count(*) FROM orquestrax.instance WHERE closed_at IS NULL)
     + (SELECT count(*) FROM orquestrax.message)
