# A list of unwanted addresses came to have the balancer's: everybody who comes through it is sent away with 403. A unit that has nothing to do with it failed last night.
visitors
systemd-run -q --unit=nightly-report /bin/false || true
cat >/etc/nginx/unwanted.conf <<'NGINX'
geo $unwanted {
    default         0;
    198.51.100.0/24 1;
    203.0.113.0/24  1;
    127.0.0.0/8     1;
}
NGINX
http_directive 'include /etc/nginx/unwanted.conf;'
shop_server_directive '}' '    return 403;' 'if ($unwanted) {'
reload_nginx
shop_requests 60 0.05 -H 'X-Forwarded-For: 192.0.2.20'
