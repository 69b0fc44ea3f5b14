ln -sfn /etc/nginx/booking/live.conf "$(new_site booking)"
systemctl reset-failed deploy-booking.service 2>/dev/null || true
reload_nginx
