# A thousand server blocks with names, roots and logs of their own style; one of the two that have a backend fails.
visitors
for i in $(seq 1000); do printf 'server {\n    listen 80;\n    server_name customer%s.example.net www.customer%s.example.net;\n    root %s;\n    location /static/ { expires 1d; }\n}\n' "$i" "$i" "$WWW_DIR"; done >"$(new_site extra)"
http_directive 'server_names_hash_max_size 8192;'
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
