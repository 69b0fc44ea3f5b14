# The port was taken once; the other server is gone, but somebody had written an option against it that nginx does not know.
visitors
systemctl stop nginx.service
other_server legacy-web.service 0.0.0.0 80
systemctl start nginx.service || true
shop_server_directive 'listen 80 reuse_port;'
other_server_gone legacy-web.service
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
