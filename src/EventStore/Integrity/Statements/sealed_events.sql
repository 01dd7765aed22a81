-- The leaves and what is stored now where they were taken from, in the order and the form of events_to_seal.
select f.position, f.seq_id, f.event_id, f.hash,
    l.position::text, extract(epoch from l.stamped_at)::text, l.tenant_id, l.seq_id::text, e.id::text, e.stream_id::text,
    e.version::text, e.type, e.data::text, encode(e.bdata, 'hex'), e.headers::text, extract(epoch from e.timestamp)::text,
    e.tenant_id, e.mt_dotnet_type, e.correlation_id, e.causation_id, e.user_name, e.is_archived::text
from {schema}.cf_ledger_leaves f
left join {schema}.cf_log l on l.position = f.position
left join {schema}.mt_events e on e.seq_id = l.seq_id
where f.position > @after and f.position <= @up_to
order by f.position
limit @page
