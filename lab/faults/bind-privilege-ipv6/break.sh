# An IPv6 address for one customer was added by hand and never written down; it did not outlive the last boot.
visitors
ip -6 address add 2001:db8:44::10/128 dev lo nodad
certificate /etc/nginx/tls/customer 90 customer.example.com
cat >"$(new_site customer)" <<NGINX
server {
    listen [2001:db8:44::10]:443 ssl ipv6only=on;
    server_name customer.example.com;
    ssl_certificate /etc/nginx/tls/customer.crt;
    ssl_certificate_key /etc/nginx/tls/customer.key;
    root $WWW_DIR;
}
NGINX
reload_nginx
ip -6 address del 2001:db8:44::10/128 dev lo
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
