# The agency delivered new pages with a start page called home.html; nginx finds no index in the folder of the site, may not list it, and says 403.
visitors
ordinary_host
blog_restarted
echo '<h1>Spring</h1>' >"$WWW_DIR/home.html"
mkdir -p /var/backups/www
mv "$WWW_DIR/index.html" /var/backups/www/
requests "$WWW_SITE" / 30
