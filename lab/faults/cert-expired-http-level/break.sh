# One certificate for many names stands at the level of http, and the servers name none of their own; it has ended.
certificate /etc/nginx/tls/wildcard -1 '*.example.com'
http_directive 'ssl_certificate /etc/nginx/tls/wildcard.crt;' 'ssl_certificate_key /etc/nginx/tls/wildcard.key;'
cat >"$(new_site secure)" <<NGINX
server {
    listen 443 ssl;
    server_name secure.example.com;
    root $WWW_DIR;
}
server {
    listen 443 ssl;
    server_name office.example.com;
    return 204;
}
NGINX
reload_nginx
visitors
for name in secure office; do
  curl -s -o /dev/null -w '%{http_code}\n' --resolve "$name.example.com:443:127.0.0.1" "https://$name.example.com/" || true
done
