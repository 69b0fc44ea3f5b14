# An interface for machines has nothing at /.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name machines.$SHOP_SITE;
    location /v1/ { return 200 "{}\n"; }
    location / { return 404; }
}
EOF
reload_nginx
requests "machines.$SHOP_SITE" / 5 >/dev/null
requests "machines.$SHOP_SITE" /v1/things 10
