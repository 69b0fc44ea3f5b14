# An old appliance that has no TLS after 1.1; the OpenSSL of this host refuses that.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app min=TLSv1 max=TLSv1_1
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
