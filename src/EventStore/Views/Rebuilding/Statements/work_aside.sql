-- Not waiting for the disk is safe: the tables aside and the position they stand at are lost together or not at all.
select set_config('search_path', @schema, true), set_config('synchronous_commit', 'off', true)
