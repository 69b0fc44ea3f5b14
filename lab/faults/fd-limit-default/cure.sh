rm -rf /etc/systemd/system.conf.d
systemctl daemon-reexec
systemctl restart nginx.service
checkout_as_shipped
