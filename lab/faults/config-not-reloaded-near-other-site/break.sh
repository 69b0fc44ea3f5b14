# The blog's file was changed and not loaded; what fails is the shop, whose service moved to another port and whose file nobody changed.
visitors
sleep 1.2
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");|&\n\1add_header X-Content-Type-Options nosniff always;|" "$BLOG_CONF"
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_requests 30
