rm -rf "/etc/systemd/system/$BLOG_UNIT.d"
systemctl daemon-reload
systemctl restart "$BLOG_UNIT"
