"""The run's books made on a cluster that somebody else runs (the extra [cluster], dask.distributed).

Department books and filled forms are sent out, in chunks; what concerns the whole organisation, the search for leaks and
the encryption stay on this machine. Nothing here is imported unless a cluster is asked for."""
