rm -rf /etc/systemd/system/nginx.service.d
systemctl daemon-reload
shop_as_shipped
systemctl restart nginx.service
