# Connections were spread over two source addresses, to have more local ports; only the first of them was ever given to this host.
visitors
shop_directive 'proxy_bind \$from;'
remote_backend
http_directive 'split_clients "\$remote_addr:\$remote_port" \$from { 75% 10.88.0.1; * 10.88.0.11; }'
reload_nginx
shop_requests 40
