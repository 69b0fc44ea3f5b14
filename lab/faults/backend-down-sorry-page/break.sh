# The service is stopped; visitors get a friendly 503 from a file, because the site hides every error of its backend behind it.
visitors
mkdir -p /srv/sorry
echo '<h1>We are right back</h1>' >/srv/sorry/sorry.html
shop_server_directive '}' 'location = /sorry.html {' 'error_page 500 502 504 =503 /sorry.html;'
shop_with 's|^\([ \t]*\)location = /sorry.html {|&\n\1root /srv/sorry;\n\1internal;|'
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
