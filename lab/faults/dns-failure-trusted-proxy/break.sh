# The proxies whose X-Forwarded-For counts are named, not numbered; the load balancer got another name, and the next restart failed.
visitors
mkdir -p /etc/nginx/snippets
printf '# whom to believe\nset_real_ip_from 10.0.0.0/8;\nset_real_ip_from lb.shop.invalid;\nreal_ip_header X-Forwarded-For;\n' >/etc/nginx/snippets/visitors.conf
shop_server_directive 'include /etc/nginx/snippets/visitors.conf;'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
