# Apache behind nginx got TLS with the certificate alone, without the authority's intermediate one that came with it; nginx trusts the root.
visitors
certificate /srv/tls/root 3650 'Example Root'
issued /srv/tls/issuing /srv/tls/root 900 'Example Issuing' basicConstraints=critical,CA:TRUE
issued /srv/tls/app /srv/tls/issuing 60 "$SHOP_SITE"
keep /etc/apache2/ports.conf /etc/apache2/sites-enabled/000-default.conf
a2enmod -q ssl >/dev/null
sed -i 's|^</VirtualHost>|    SSLEngine on\n    SSLCertificateFile /srv/tls/app.crt\n    SSLCertificateKeyFile /srv/tls/app.key\n&|' /etc/apache2/sites-enabled/000-default.conf
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/root.crt;' 'proxy_ssl_verify_depth 3;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
