# The shop's server includes a folder of small files, one for each team. One team left a stub for its next release there: its regular expression takes the cart, and says 501.
visitors
mkdir -p /etc/nginx/teams.d
echo '# Search: nothing of our own yet.' >/etc/nginx/teams.d/10-search.conf
shop_server_directive 'include /etc/nginx/teams.d/*.conf;'
reload_nginx
shop_requests 4 >/dev/null
cat >/etc/nginx/teams.d/40-cart.conf <<'EOF2'
# Cart 2.0, goes to the new service in March.
location ~ /cart$ {
    add_header X-Cart-Version 2 always;
    return 501 "not yet\n";
}
EOF2
reload_nginx
shop_requests 30
