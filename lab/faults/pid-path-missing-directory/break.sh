# A container was given /run/nginx.pid while nginx was stopped: the engine made a directory of that name, and nginx finds no place for its file.
visitors
systemctl stop nginx.service
mkdir /run/nginx.pid
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
