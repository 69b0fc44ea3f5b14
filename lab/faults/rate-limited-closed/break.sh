# A limit for all sites at http level, which closes the connection without an answer (444).
visitors
sleep 2
http_directive 'limit_req_zone $binary_remote_addr zone=everyone:1m rate=2r/s;' 'limit_req zone=everyone burst=3 nodelay;' 'limit_req_status 444;'
reload_nginx
requests "$BLOG_SITE" / 40 0.03
