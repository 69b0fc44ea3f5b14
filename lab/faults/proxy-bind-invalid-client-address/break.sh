# Half of a recipe for a transparent proxy: the source address is the visitor's, which only the other half (transparent, routes) makes possible.
visitors
shop_directive 'proxy_bind \$remote_addr;'
shop_server_directive 'set_real_ip_from 127.0.0.1;' 'real_ip_header X-Forwarded-For;'
reload_nginx
shop_requests 20 0.1 -H 'X-Forwarded-For: 203.0.113.20'
