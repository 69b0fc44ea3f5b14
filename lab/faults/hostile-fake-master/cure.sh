systemctl stop session-9.service session-10.service
systemctl start nginx.service
