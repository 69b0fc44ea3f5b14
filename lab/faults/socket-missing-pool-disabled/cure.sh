mv "${BLOG_POOL_CONF%/*}/weblog.conf.disabled" "${BLOG_POOL_CONF%/*}/weblog.conf"
systemctl restart "$BLOG_UNIT"
