# The address of proxy_bind is on the other machine of a pair; the kernel was told to allow that (ip_nonlocal_bind), so that bind succeeds.
visitors
shop_directive 'proxy_bind 10.88.0.50;'
remote_backend
sysctl -q -w net.ipv4.ip_nonlocal_bind=1
reload_nginx
shop_requests 15
