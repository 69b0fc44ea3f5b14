# The load balancer moved, and set_real_ip_from still names its old network: all visitors count as one address, and the limit for one meets all of them.
visitors
http_directive 'limit_req_zone $binary_remote_addr zone=visitor:2m rate=4r/s;'
shop_server_directive 'set_real_ip_from 192.0.2.0/24;' 'real_ip_header X-Forwarded-For;' 'limit_req zone=visitor burst=4 nodelay;'
reload_nginx
for n in 17 44 81 109 163; do shop_requests 9 0.15 -H "X-Forwarded-For: 198.51.100.$n" & done
wait
