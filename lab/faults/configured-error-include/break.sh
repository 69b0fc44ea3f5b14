# Maintenance is a snippet that the blog's server includes for the night, with an error page of its own. The include was not taken out in the morning.
visitors
mkdir -p /srv/maintenance
echo '<h1>We are working on it</h1>' >/srv/maintenance/index.html
cat >/etc/nginx/snippets/work.conf <<'EOF2'
# Include this in a server block while there is work to do.
error_page 503 /_work/index.html;
location ^~ /_work/ {
    internal;
    alias /srv/maintenance/;
}
if ($uri !~ ^/_work/) {
    return 503;
}
EOF2
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1include snippets/work.conf;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
