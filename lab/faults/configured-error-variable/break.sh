# The usual three steps: a variable is set, excepted for the office, and tested.
visitors
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1set \$maintenance 1;\n\1if (\$remote_addr = 192.0.2.7) { set \$maintenance 0; }\n\1error_page 503 @maintenance;\n\1if (\$maintenance) { return 503; }\n\1location @maintenance { default_type text/html; return 503 '<h1>Back at ten</h1>'; }|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
