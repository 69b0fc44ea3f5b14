# The PHP script that auth_request asks was moved by a clean-up: visitors get 500, and the script is what is missing.
visitors
mkdir -p /srv/check/old
echo '<?php http_response_code(204);' >/srv/check/session.php
shop_server_directive 'auth_request /_session;' "location = /_session { internal; include fastcgi_params; fastcgi_param SCRIPT_FILENAME /srv/check/session.php; fastcgi_pass_request_body off; fastcgi_param CONTENT_LENGTH \"\"; fastcgi_pass unix:$BLOG_SOCK; }"
reload_nginx
shop_requests 5 >/dev/null
mv /srv/check/session.php /srv/check/old/session.php
systemctl restart "$BLOG_UNIT" # Its cache of scripts would serve the old one for a moment.
wait_until 10 listens_at "unix:$BLOG_SOCK"
shop_requests 30
