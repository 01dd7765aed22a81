update {schema}.cf_log_head set shared = @shared where shared <> @shared
