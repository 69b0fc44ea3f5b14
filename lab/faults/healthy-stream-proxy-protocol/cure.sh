give_back /etc/nginx/nginx.conf
rm -f /etc/nginx/modules-enabled/50-stream.conf
systemctl stop ledger.service
systemctl restart nginx.service
