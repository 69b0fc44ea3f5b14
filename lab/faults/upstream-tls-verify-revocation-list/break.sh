# The certificates are all good; the revocation list that nginx checks them by has ended, because its download stopped.
visitors
certificate /srv/tls/root 3650 'Example Root'
issued /srv/tls/app /srv/tls/root 60 "$SHOP_SITE"
: >/srv/tls/index.txt
printf '[ca]\ndefault_ca = own\n[own]\ndatabase = /srv/tls/index.txt\ndefault_md = sha256\n' >/srv/tls/ca.conf
openssl ca -config /srv/tls/ca.conf -gencrl -keyfile /srv/tls/root.key -cert /srv/tls/root.crt -out /srv/tls/root.crl \
  -crl_lastupdate "$(date -u -d '9 days ago' +%y%m%d%H%M%SZ)" -crl_nextupdate "$(date -u -d '2 days ago' +%y%m%d%H%M%SZ)" 2>/dev/null
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/root.crt;' 'proxy_ssl_crl /srv/tls/root.crl;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
