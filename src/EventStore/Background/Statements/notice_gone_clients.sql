-- Some systems cannot tell that a client is gone, and older servers do not ask; they refuse the setting and do without.
do $$
begin
    perform set_config('client_connection_check_interval', '1s', false);
exception
    when invalid_parameter_value or undefined_object then null;
end
$$
