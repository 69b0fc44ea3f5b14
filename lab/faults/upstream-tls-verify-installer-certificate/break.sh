# After an audit nginx verifies its backends by the authority of the firm; the application has the certificate that its installer made by itself.
visitors
ordinary_host
blog_restarted
certificate /etc/ssl/example-root 3650 'Example Root'
certificate /srv/tls/app 3000 "$SHOP_SITE"
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
unnoted=1 shop_requests 5 >/dev/null
mkdir -p /etc/nginx/snippets
printf '# Audit 2026-11: verify what is behind us\nproxy_ssl_verify on;\nproxy_ssl_trusted_certificate /etc/ssl/example-root.crt;\n' >/etc/nginx/snippets/verify-backends.conf
http_directive 'include /etc/nginx/snippets/verify-backends.conf;'
reload_nginx
shop_requests 30
