(select coalesce((select version from stream), {schema}.cf_refuse_version(@tenant, @stream, @expected)) as version)
