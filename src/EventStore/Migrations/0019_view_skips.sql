-- Events that a view at one version passes over, as somebody decided; decided_in is the event that records the decision.
create table if not exists {schema}.cf_view_skips (
    view       varchar     not null,
    version    integer     not null,
    tenant_id  varchar     not null,
    position   bigint      not null,
    event_id   uuid        not null,
    decided_in uuid        not null,
    skipped_by varchar     not null,
    reason     varchar     not null,
    skipped_at timestamptz not null,
    constraint pk_cf_view_skips primary key (view, version, tenant_id, position)
);
