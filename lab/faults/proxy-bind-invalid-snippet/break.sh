# A snippet for all that goes out over the VPN was included; this host has no address in the VPN.
visitors
mkdir -p /etc/nginx/snippets
printf '# source address of what goes to the applications\n%s_bind 172.20.4.9;\n' "$SHOP_PROTOCOL" >/etc/nginx/snippets/egress.conf
shop_directive 'include /etc/nginx/snippets/egress.conf;'
reload_nginx
shop_requests 20
