# The backend wants a server name; the directives for it are in the file since a moment ago, and nobody has reloaded nginx.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
sleep 2
SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_requests 30
