# The certificate of the site is good; the authority's one that is sent along in its chain ended yesterday.
certificate /srv/root 3650 'Example Root'
issued /etc/nginx/tls/issuing /srv/root -1 'Example Issuing' basicConstraints=critical,CA:TRUE
issued /etc/nginx/tls/secure /etc/nginx/tls/issuing 80 secure.example.com
cat /etc/nginx/tls/secure.crt /etc/nginx/tls/issuing.crt >/etc/nginx/tls/fullchain.pem
https_site /etc/nginx/tls/fullchain.pem /etc/nginx/tls/secure.key
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --cacert /srv/root.crt --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
