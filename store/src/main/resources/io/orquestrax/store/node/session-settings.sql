-- A heartbeat need not outlive a crash of the server; and the server gives up a machine that is gone within seconds.
SET synchronous_commit = off;
SET tcp_keepalives_idle = 5;
SET tcp_keepalives_interval = 2;
SET tcp_keepalives_count = 3;
LISTEN orquestrax_cluster;
