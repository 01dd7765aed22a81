-- Every stored column as text, whatever the session's time zone or style: an instant as the exact number of its seconds.
select l.position::text, extract(epoch from l.stamped_at)::text, l.tenant_id, l.seq_id::text, e.id::text, e.stream_id::text,
    e.version::text, e.type, e.data::text, encode(e.bdata, 'hex'), e.headers::text, extract(epoch from e.timestamp)::text,
    e.tenant_id, e.mt_dotnet_type, e.correlation_id, e.causation_id, e.user_name, e.is_archived::text
from {schema}.cf_log l
left join {schema}.mt_events e on e.seq_id = l.seq_id
where l.position > @after
order by l.position
limit @page
