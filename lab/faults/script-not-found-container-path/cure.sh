podman rm -f -t 1 blog-php >/dev/null
systemctl enable -q --now "$BLOG_UNIT"
give_back "$BLOG_CONF"
reload_nginx
