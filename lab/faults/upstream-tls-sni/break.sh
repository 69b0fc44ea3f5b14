# The backend moved behind a TLS server for many names: without a name it has no certificate to show.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
