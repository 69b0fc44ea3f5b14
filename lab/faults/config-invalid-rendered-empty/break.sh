# A script renders part of the configuration before each start, from the unit's environment file; a line of that was lost, and a value came out empty.
cat >/usr/local/sbin/render-limits <<'SCRIPT'
#!/bin/sh
printf '# Written by render-limits, do not edit\nclient_max_body_size %s;\n' "$UPLOAD_LIMIT" >/etc/nginx/limits.rendered
SCRIPT
chmod 0755 /usr/local/sbin/render-limits
echo 'UPLOAD_LIMIT=20m' >/etc/default/nginx-limits
shop_server_directive 'include /etc/nginx/limits.rendered;'
nginx_unit_with EnvironmentFile=-/etc/default/nginx-limits ExecStartPre= ExecStartPre=/usr/local/sbin/render-limits "ExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'"
systemctl restart nginx.service
visitors
: >/etc/default/nginx-limits
systemctl restart nginx.service || true
shop_requests 10
