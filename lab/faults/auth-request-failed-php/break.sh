# The check of the shop's visitors is a PHP script, which sends whoever has no session to the login page instead of saying 401.
visitors
mkdir -p /srv/check
cat >/srv/check/session.php <<'PHP'
<?php
if (empty($_COOKIE["session"])) {
    header("Location: /login.html");
    exit;
}
http_response_code(204);
PHP
shop_server_directive 'auth_request /_session;' "location = /_session { internal; include fastcgi_params; fastcgi_param SCRIPT_FILENAME /srv/check/session.php; fastcgi_pass_request_body off; fastcgi_param CONTENT_LENGTH \"\"; fastcgi_pass unix:$BLOG_SOCK; }"
reload_nginx
shop_requests 5 0.1 -b session=anna >/dev/null
shop_requests 30
