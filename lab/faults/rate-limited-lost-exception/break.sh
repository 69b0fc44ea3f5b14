# Everybody but the own networks is limited; the office came to have another network, and the list of those that are spared was not told.
visitors
cat >/etc/nginx/limits.conf <<'NGINX'
geo $spared {
    default      0;
    192.0.2.0/24 1;
}
map $spared $limit_key {
    0 $binary_remote_addr;
    1 "";
}
limit_req_zone $limit_key zone=outside:1m rate=2r/s;
limit_req_status 429;
NGINX
http_directive 'include /etc/nginx/limits.conf;'
shop_server_directive 'limit_req zone=outside burst=3 nodelay;'
reload_nginx
shop_requests 40 0.05
