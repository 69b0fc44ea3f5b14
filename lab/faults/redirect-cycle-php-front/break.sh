# The front controller of the blog was left out of a release, and its location of .php falls back to just that file.
visitors
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)include snippets/fastcgi-php.conf;|\1try_files \$uri /index.php;\n\1include fastcgi_params;\n\1fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 4 >/dev/null
mv "$BLOG_DIR/index.php" "$BLOG_DIR/index.php.new"
requests "$BLOG_SITE" /2026/hello 30
