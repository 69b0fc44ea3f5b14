# A site was to be served by https; its "listen 443" has no ssl, so nginx reads the browsers' TLS as bad requests. What goes to its backend is right.
visitors
certificate /etc/nginx/tls/secure 90
cat >"$(new_site secure)" <<NGINX
server {
    listen 443;
    server_name secure.example.com;
    ssl_certificate /etc/nginx/tls/secure.crt;
    ssl_certificate_key /etc/nginx/tls/secure.key;
    root $WWW_DIR;
}
NGINX
reload_nginx
for i in {1..25}; do curl -sk -m 5 -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true; done
