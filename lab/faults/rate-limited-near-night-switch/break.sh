# A limit refuses a partner and says so at level notice only; the switch for maintenance that the same server has is off for everybody.
visitors
cat >/etc/nginx/work.conf <<'NGINX'
map $http_x_work $at_work {
    default 0;
    on      1;
}
NGINX
http_directive 'include /etc/nginx/work.conf;' 'limit_req_zone $http_x_api_key zone=partners:1m rate=1r/s;'
shop_server_directive '}' '    return 503;' 'if ($at_work) {'
shop_directive 'limit_req zone=partners burst=1 nodelay;' 'limit_req_log_level notice;'
reload_nginx
shop_requests 12 0.05 >/dev/null
shop_requests 30 0.03 -H 'X-Api-Key: partner-7'
