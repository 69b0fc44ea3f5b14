# A limit for the whole blog, too small for a page with its pictures; who is refused gets a friendly page, which looks like one for maintenance.
visitors
mkdir -p /srv/busy
echo '<h1>Many people are here. Please try again in a minute.</h1>' >/srv/busy/busy.html
http_directive 'limit_req_zone $binary_remote_addr zone=pages:1m rate=30r/m;'
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1limit_req zone=pages burst=2 nodelay;\n\1error_page 503 /busy.html;\n\1location = /busy.html {\n\1    root /srv/busy;\n\1    internal;\n\1}|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
