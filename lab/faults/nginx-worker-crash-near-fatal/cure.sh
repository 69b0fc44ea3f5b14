rm -rf /etc/systemd/system/nginx.service.d
systemctl daemon-reload
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
