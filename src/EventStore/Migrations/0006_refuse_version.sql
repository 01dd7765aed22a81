-- Ends the whole append; the hint carries stream, expected and actual version for the typed answer.
create or replace function {schema}.cf_refuse_version(p_tenant varchar, p_stream uuid, p_expected bigint)
    returns bigint language plpgsql volatile as $$
declare
    actual bigint;
begin
    select version into actual from {schema}.mt_streams where tenant_id = p_tenant and id = p_stream;
    raise exception 'stream is at another version'
        using errcode = 'CF409', hint = format('%s %s %s', p_stream, p_expected, coalesce(actual, 0));
end $$;
