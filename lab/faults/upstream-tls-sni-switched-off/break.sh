# All sites send a server name; a snippet from before the backend's move, which the shop's server includes, switches it off for the shop.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
mkdir -p /etc/nginx/snippets
printf 'proxy_ssl_session_reuse off;\nproxy_ssl_server_name off;\n' >/etc/nginx/snippets/proxy-tls.conf
http_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_server_directive 'include /etc/nginx/snippets/proxy-tls.conf;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
