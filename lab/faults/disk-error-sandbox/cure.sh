rm -rf /etc/systemd/system/nginx.service.d
rm -f "$BLOG_DIR/archive.php"
systemctl daemon-reload
systemctl restart nginx.service
