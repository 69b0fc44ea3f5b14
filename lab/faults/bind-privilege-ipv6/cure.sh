ip -6 address add 2001:db8:44::10/128 dev lo nodad
nginx_unit_as_shipped
