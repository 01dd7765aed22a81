-- What stands aside is no longer what the log says up to one position: the next rebuild begins again.
update {schema}.cf_rebuilds set shape = '', updated_at = now() where name = @name
