-- Not waiting for the disk is safe: rows and checkpoint are lost together or not at all, and the log has what made them.
select set_config('search_path', '{views}', true), set_config('synchronous_commit', 'off', true)
