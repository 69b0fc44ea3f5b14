# Counting pixels of many tenants, each with a log file of its own that stays open; the soft limit in a drop-in of the unit is smaller than their number.
visitors
mkdir -p /srv/tenants/logs
chown www-data /srv/tenants/logs
cat >"$(new_site pixels)" <<'NGINX'
server {
    listen 80;
    server_name *.tenants.example.com;
    access_log /srv/tenants/logs/$host.log combined;
    open_log_file_cache max=1000 inactive=1h valid=1h;

    location / {
        return 204;
    }
}
NGINX
nginx_unit_with LimitNOFILE=72:65536
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
python3 - <<'PYTHON'
import http.client

for turn in range(3):
    for number in range(160):
        link = http.client.HTTPConnection("127.0.0.1", 80, timeout=2)
        try:
            link.request("GET", "/pixel", headers={"Host": f"t{number}.tenants.example.com", "Connection": "close"})
            link.getresponse().read()
        except OSError:
            pass
        link.close()
PYTHON
requests "$WWW_SITE" /index.html 40 0.1 -m 5
