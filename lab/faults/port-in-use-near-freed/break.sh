# It was in use when nginx was started; the other server is gone since, and nobody has started nginx again.
visitors
systemctl stop nginx.service
other_server legacy-web.service 0.0.0.0 80
systemctl start nginx.service || true
other_server_gone legacy-web.service
requests "$WWW_SITE" / 10
