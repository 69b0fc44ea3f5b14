# The backend was hardened to TLS 1.3 only; this nginx uses 1.2 and older unless told otherwise (before 1.23.4).
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app min=TLSv1_3
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
