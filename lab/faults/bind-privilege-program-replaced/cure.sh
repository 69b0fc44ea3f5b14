setcap cap_net_bind_service=ep /usr/sbin/nginx
systemctl reset-failed nginx.service
systemctl start nginx.service
