# Somebody listed the ciphers nginx may use; the backend has none of them.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app max=TLSv1_2 ciphers=AES128-GCM-SHA256
shop_directive 'proxy_ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
