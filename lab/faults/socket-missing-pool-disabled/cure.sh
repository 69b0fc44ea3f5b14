mv "${BLOG_POOL_CONF%/*}/blog.conf.disabled" "${BLOG_POOL_CONF%/*}/blog.conf"
systemctl restart "$BLOG_UNIT"
