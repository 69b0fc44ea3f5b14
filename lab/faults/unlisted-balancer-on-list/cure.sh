sed -i '/127.0.0.0/d' /etc/nginx/unwanted.conf
reload_nginx
systemctl reset-failed nightly-report.service
