# While the orders were counted, nobody should change anything: nginx turns POST, PUT and PATCH away. The count is long over, and every order still gets 503.
visitors
shop_server_directive 'if ($request_method ~ ^P) { return 503; }'
reload_nginx
shop_requests 5 >/dev/null
shop_requests 30 0.1 --data item=4711
