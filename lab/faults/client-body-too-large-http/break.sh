# A limit for all sites, at http level.
visitors
http_directive 'client_max_body_size 64k;'
reload_nginx
head -c 200000 /dev/zero >/tmp/upload
requests "$BLOG_SITE" /index.php 25 0.1 -X POST -H 'Transfer-Encoding: chunked' --data-binary @/tmp/upload
