-- One plan for every batch, whatever the tables' sizes and statistics are when it is made.
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off;
SET synchronous_commit = on;
