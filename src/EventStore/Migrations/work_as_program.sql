select set_config('role', 'caseflow_program', true)
