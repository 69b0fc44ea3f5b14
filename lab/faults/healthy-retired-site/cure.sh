rm -rf /etc/nginx/retired /etc/systemd/system/outlet.service
systemctl daemon-reload
give_back /etc/nginx/nginx.conf
reload_nginx
