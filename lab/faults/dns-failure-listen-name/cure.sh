sed -i 's/front-a.internal/front-1.internal/' "$(new_site staff)"
systemctl reset-failed nginx.service
systemctl start nginx.service
