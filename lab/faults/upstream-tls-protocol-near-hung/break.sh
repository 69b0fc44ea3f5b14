# The backend behind TLS was stopped by a signal: connections are still taken, and no handshake is answered.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
shop_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;" 'proxy_ssl_protocols TLSv1.2 TLSv1.3;' 'proxy_connect_timeout 4s;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 5 >/dev/null
systemctl kill --signal=STOP "$SHOP_UNIT"
shop_requests 20
