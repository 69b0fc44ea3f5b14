# Whoever comes by address gets the connection closed; the certificate that nginx wants there has expired long ago. The site has a good one.
certificate /etc/nginx/tls/nobody -1 nobody.invalid
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
cat >"$(new_site closed)" <<NGINX
server {
    listen 443 ssl default_server;
    server_name _;
    ssl_certificate /etc/nginx/tls/nobody.crt;
    ssl_certificate_key /etc/nginx/tls/nobody.key;
    return 444;
}
server {
    listen 8443 ssl default_server;
    ssl_reject_handshake on;
}
NGINX
reload_nginx
visitors
requests "$WWW_SITE" / 10
