systemctl stop session-7.scope
nginx_unit_as_shipped
