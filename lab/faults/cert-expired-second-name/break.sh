# Two https sites on one address; one of them has a good certificate.
certificate /etc/nginx/tls/good 90 good.example.com
certificate /etc/nginx/tls/secure -1
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
cat >"$(new_site good)" <<NGINX
server {
    listen 443 ssl default_server;
    server_name good.example.com;
    ssl_certificate /etc/nginx/tls/good.crt;
    ssl_certificate_key /etc/nginx/tls/good.key;
    root $WWW_DIR;
}
NGINX
reload_nginx
visitors
curl -s -o /dev/null -w '%{http_code}\n' --resolve secure.example.com:443:127.0.0.1 https://secure.example.com/ || true
