# An internal site with a certificate of its own making, valid for a year.
visitors
certificate /etc/ssl/intern 365 "intern.$SHOP_SITE"
cat >"$(new_site extra)" <<EOF
server {
    listen 443 ssl;
    server_name intern.$SHOP_SITE;
    ssl_certificate /etc/ssl/intern.crt;
    ssl_certificate_key /etc/ssl/intern.key;
    root $WWW_DIR;
}
EOF
reload_nginx
wait_until 10 listens_on 443
for i in 1 2 3; do curl -s -m 5 -o /dev/null "https://intern.$SHOP_SITE/" --resolve "intern.$SHOP_SITE:443:127.0.0.1" || true; done
for i in 1 2 3 4 5; do curl -s -k -m 5 -o /dev/null -w '%{http_code}\n' "https://intern.$SHOP_SITE/" --resolve "intern.$SHOP_SITE:443:127.0.0.1"; done
