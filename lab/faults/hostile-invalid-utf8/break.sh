# Bytes that are no text in names of files, and in the name of a process.
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
for i in $(seq 20); do curl -s -m 5 -o /dev/null -H "Host: files.$SHOP_SITE" "http://127.0.0.1/%ff%fe%c3%28%f0%28%8c%28%00x" || true; done
for i in $(seq 20); do curl -s -m 5 -o /dev/null -H "Host: files.$SHOP_SITE" "http://127.0.0.1/%ff%fe%c3%28%f0%28%8c%28" || true; done
printf 'exec -a "$(printf "\\377\\376 nginx: worker process")" sleep 600\n' >/run/strange.sh
systemd-run -q --unit=strange bash /run/strange.sh
shop_requests 20
