# nginx verifies its backend by the authority's certificate that a package brought; the package is gone, and nginx was restarted.
certificate /srv/tls/app 30 "$SHOP_SITE"
install -D -m 0644 /srv/tls/app.crt /usr/local/share/ca-certificates/internal/ca.crt
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /usr/local/share/ca-certificates/internal/ca.crt;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
visitors
rm -r /usr/local/share/ca-certificates/internal
systemctl restart nginx.service || true
shop_requests 10
