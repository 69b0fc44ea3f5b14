# The scheme to the backend is taken from what the load balancer says about the visitor: who comes by https is served by https, which the backend does not speak.
visitors
http_directive 'map $http_x_forwarded_proto $backend_scheme { default http; https https; }'
shop_passes 'proxy_pass $backend_scheme://@TARGET@;'
reload_nginx
shop_requests 5 >/dev/null
shop_requests 25 0.1 -H 'X-Forwarded-Proto: https'
