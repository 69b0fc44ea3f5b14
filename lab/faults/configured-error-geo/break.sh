# A move of the data was announced: everybody outside the office gets 503 by a list of addresses, and nobody took it away when the move was done.
visitors
printf '# Only the office may come in while the data moves.\ndefault 1;\n192.0.2.0/24 0;\n198.51.100.17 0;\n' >/etc/nginx/office-only.list
http_directive 'geo $kept_out { include /etc/nginx/office-only.list; }'
shop_server_directive 'if ($kept_out) { return 503; }'
reload_nginx
shop_requests 30
