# The backend's certificate is good for a month; the authority's root, which nginx trusts as a file of its own, ended yesterday.
visitors
certificate /srv/tls/root -1 'Example Root X3'
issued /srv/tls/app /srv/tls/root 30 "$SHOP_SITE" "subjectAltName=DNS:$SHOP_SITE"
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/root.crt;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
