# A new site went live today: its unit was copied to the host, and nobody started or enabled it. The other sites are fine.
visitors
mkdir -p /srv/reports
cat >/srv/reports/reports.py <<'PYTHON'
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
cat >/etc/systemd/system/reports.service <<UNIT
[Unit]
Description=Reports
After=network.target

[Service]
User=www-data
WorkingDirectory=/srv/reports
ExecStart=/usr/bin/gunicorn --bind 127.0.0.1:$SPARE_PORT --workers 1 reports:app
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
cat >"$(new_site reports)" <<NGINX
server {
    listen 80;
    server_name reports.example.com;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
NGINX
reload_nginx
requests reports.example.com / 30 &
visitors
wait
