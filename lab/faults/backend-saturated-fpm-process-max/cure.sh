systemctl stop visitors.service 2>/dev/null || true
rm -f "$BLOG_DIR/report.php" "${BLOG_POOL_CONF%/*}/00-small-machine.conf"
blog_as_shipped
