# A new site listens on both families with one socket (ipv6only=off) where the others have one of their own for IPv4: nginx gets in its own way, and was restarted.
visitors
cat >"$(new_site spring)" <<NGINX
server {
    listen [::]:80 ipv6only=off;
    server_name spring.example.com;
    root $WWW_DIR;
}
NGINX
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
