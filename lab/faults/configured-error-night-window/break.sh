# Each night from one to four the shop is closed for its backup; whoever wrote the map meant T0[1-3] and wrote T[0-3], which is every hour of the day.
visitors
cat >/etc/nginx/night.conf <<'NGINX'
# The shop is closed while its backup runs.
map $time_iso8601 $night {
    default      0;
    "~T[0-3]"    1;
}
NGINX
http_directive 'include /etc/nginx/night.conf;'
shop_server_directive '}' '    return 503;' 'if ($night) {'
reload_nginx
shop_requests 30
