# nginx in a strict sandbox of systemd: nearly everything is read-only for it, and what it writes to is not.
visitors
nginx_unit_with 'ProtectSystem=strict' 'ReadWritePaths=/run /var/log /var/lib/nginx' 'ReadWritePaths=-/srv/logs' 'ProtectHome=yes' 'PrivateDevices=yes' 'NoNewPrivileges=yes' \
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6' 'LimitNOFILE=65536'
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
shop_requests 15
requests "$BLOG_SITE" / 10
requests "$WWW_SITE" / 5
