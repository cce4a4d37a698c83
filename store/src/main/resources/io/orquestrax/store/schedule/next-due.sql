SELECT min(next_at)
FROM orquestrax.schedule
WHERE NOT paused AND next_at IS NOT NULL
