-- A view passes over a page without an event of its own: its rows stay as they are, and what it remembers of them holds. So when it last applied one is
-- kept apart from when it was last moved, which says whose turn it is.
alter table {schema}.cf_checkpoints add column applied_at timestamptz not null default now();
update {schema}.cf_checkpoints set applied_at = updated_at
