select pg_notify(@channel, @news)
