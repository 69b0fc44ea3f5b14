# The shop is shut for all but the staff, who have a cookie; the others get a page of its own. It opened last week, and this was forgotten.
visitors
mkdir -p /srv/shut
echo '<h1>We open on Monday</h1>' >/srv/shut/shut.html
cat >/etc/nginx/staff.conf <<'NGINX'
map $cookie_staff $shut {
    default 1;
    yes     0;
}
NGINX
http_directive 'include /etc/nginx/staff.conf;'
shop_server_directive '}' 'location = /shut.html {' 'error_page 503 /shut.html;' '}' '    return 503;' 'if ($shut) {' 
shop_with 's|^\([ \t]*\)location = /shut.html {|&\n\1    root /srv/shut;\n\1    internal;|'
reload_nginx
shop_requests 30
shop_requests 5 0.1 -H 'Cookie: staff=yes' >/dev/null
