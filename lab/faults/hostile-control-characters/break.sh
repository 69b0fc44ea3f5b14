# Escape sequences, right-to-left marks and bells in names of files and programs.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name files.$SHOP_SITE;
    root $WWW_DIR;
}
EOF
reload_nginx
systemctl stop "$SHOP_UNIT"
for i in $(seq 10); do
  curl -s -m 5 -o /dev/null -H "Host: files.$SHOP_SITE" -A $'\e[2J\e[1;31mOWNED\a' "http://127.0.0.1/%1b%5b2J%1b%5b31mok%07%e2%80%ae%e2%80%8bgnp.exe"
  curl -s -m 5 -o /dev/null -H $'Host: files\xe2\x80\xae.example.com' "http://127.0.0.1/%c2%9b31m"
done
shop_requests 20
