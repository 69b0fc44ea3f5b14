rm -rf "/etc/systemd/system/$BLOG_UNIT.d"
systemctl daemon-reload
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
