# The backend wants a certificate of its client; no name, version or cipher helps. The catalogue has no cause for it.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app max=TLSv1_2 client=/srv/tls/app.crt
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
