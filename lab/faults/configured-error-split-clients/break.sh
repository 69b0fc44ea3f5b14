# In the week of the sale nginx turned a third of the requests away by split_clients, to spare the backend. The sale is over, the line is still there.
visitors
shop_requests 3 >/dev/null
http_directive 'split_clients $request_id $turned_away { 33% 1; * ""; }'
shop_server_directive 'if ($turned_away) { return 503; }'
reload_nginx
shop_requests 45
