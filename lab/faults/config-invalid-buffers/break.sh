# Somebody made one buffer of all sites larger than those that go with it; a signal told the master to load it, and it refused.
visitors
http_directive 'proxy_buffer_size 64k;'
kill -HUP "$(cat /run/nginx.pid)"
sleep 1
shop_requests 10
