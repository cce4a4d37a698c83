SELECT pg_notify('orquestrax_cluster', '')
