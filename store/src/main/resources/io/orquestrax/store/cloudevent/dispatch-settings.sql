-- Plans as the journal's; and a node that is frozen in the middle does not stop the others for long.
SET LOCAL enable_seqscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL idle_in_transaction_session_timeout = '15s';
