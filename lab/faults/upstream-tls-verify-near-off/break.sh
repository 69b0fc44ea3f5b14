# The same expired certificate, and nginx does not verify: nothing fails.
visitors
certificate /srv/tls/app -1 "$SHOP_SITE"
checkout_tls /srv/tls/app
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
