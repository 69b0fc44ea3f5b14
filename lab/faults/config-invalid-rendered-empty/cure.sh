echo 'UPLOAD_LIMIT=20m' >/etc/default/nginx-limits
systemctl reset-failed nginx.service 2>/dev/null || true
systemctl restart nginx.service
