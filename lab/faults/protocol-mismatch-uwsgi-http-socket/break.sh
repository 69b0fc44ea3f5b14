# To try the application by curl somebody gave uwsgi http-socket in place of socket, and left it so; the site still has its uwsgi_pass.
visitors
ordinary_host
blog_restarted
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's|--socket |--http-socket |')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 8 0.4
