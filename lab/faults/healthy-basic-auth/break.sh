# A site behind a password: everybody without one gets 401, and a few wrong ones are in the log.
visitors
printf 'staff:%s\n' "$(openssl passwd -apr1 secret)" >/etc/nginx/staff.htpasswd
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name staff.$SHOP_SITE;
    root $WWW_DIR;
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/staff.htpasswd;
}
EOF
reload_nginx
for i in 1 2 3 4 5 6; do curl -s -m 5 -o /dev/null -u staff:wrong -H "Host: staff.$SHOP_SITE" http://127.0.0.1/; done
curl -s -m 5 -o /dev/null -u nobody:x -H "Host: staff.$SHOP_SITE" http://127.0.0.1/
requests "staff.$SHOP_SITE" / 10
