# The configuration of another distribution: its user does not exist here.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^user .*/user nginx;/' /etc/nginx/nginx.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
