openssl ca -config /srv/tls/ca.conf -gencrl -crldays 7 -keyfile /srv/tls/root.key -cert /srv/tls/root.crt -out /srv/tls/root.crl 2>/dev/null
reload_nginx
