rm -rf /etc/systemd/system/nginx.service.d
systemctl daemon-reload
systemctl restart nginx.service
