# The whole server was given a source address for a database's access list; the address never came.
visitors
shop_server_directive 'proxy_bind 192.0.2.77;'
reload_nginx
shop_requests 20
