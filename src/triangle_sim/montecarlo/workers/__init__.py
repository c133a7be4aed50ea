"""Who computes blocks: processes of this machine, threads, or a cluster."""
