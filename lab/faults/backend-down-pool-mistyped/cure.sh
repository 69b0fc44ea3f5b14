sed -i 's/^pm.max_childrens/pm.max_children/' "${BLOG_POOL_CONF%/*}/forum.conf"
systemctl reset-failed "$BLOG_UNIT"
systemctl start "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
