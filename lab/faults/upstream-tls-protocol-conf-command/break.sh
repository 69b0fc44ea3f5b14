# The list of versions for the backend looks right; a second directive, which hands settings straight to OpenSSL, raises the oldest one to 1.3.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app max=TLSv1_2
shop_server_directive 'proxy_ssl_conf_command MinProtocol TLSv1.3;' 'proxy_ssl_protocols TLSv1.2 TLSv1.3;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
