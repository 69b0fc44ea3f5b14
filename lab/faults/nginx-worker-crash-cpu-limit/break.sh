# A drop-in allows nginx one second of processor time (LimitCPU=), meant for each minute; a worker dies when it has packed a large report once.
visitors
mkdir -p /srv/reports
head -c 36000000 /dev/urandom | base64 >/srv/reports/year.html
cat >"$(new_site reports)" <<'NGINX'
server {
    listen 80;
    server_name reports.example.com;
    root /srv/reports;
    gzip on;
    gzip_comp_level 9;
}
NGINX
nginx_unit_with LimitCPU=1:600
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
requests reports.example.com /year.html 5 1 -m 20 -H 'Accept-Encoding: gzip'
