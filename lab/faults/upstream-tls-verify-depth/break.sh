# The new authority has two intermediates between its root and the backend; nginx follows one unless told otherwise.
visitors
certificate /srv/tls/root 3650 'Example Root'
issued /srv/tls/policy /srv/tls/root 900 'Example Policy' basicConstraints=critical,CA:TRUE
issued /srv/tls/issuing /srv/tls/policy 900 'Example Issuing' basicConstraints=critical,CA:TRUE
issued /srv/tls/app /srv/tls/issuing 60 "$SHOP_SITE"
cat /srv/tls/issuing.crt /srv/tls/policy.crt >>/srv/tls/app.crt
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/root.crt;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
