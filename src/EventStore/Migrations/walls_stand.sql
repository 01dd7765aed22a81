select has_table_privilege('caseflow_program', '{schema}.mt_events', 'insert')
    and has_schema_privilege('caseflow_program', '{views}', 'create')
