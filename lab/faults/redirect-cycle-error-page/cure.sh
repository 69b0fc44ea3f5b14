mkdir -p /srv/files/errors
echo gone >/srv/files/errors/404.html
