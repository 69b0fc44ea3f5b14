# An API limits each token (limit_req by the Authorization header) with a zone for short ones; the new sign-on gives tokens of more than a kilobyte, for which there is no room beside the old ones: 503.
visitors
http_directive 'limit_req_zone $http_authorization zone=pertoken:32k rate=20r/s;'
shop_directive 'limit_req zone=pertoken burst=40 nodelay;'
reload_nginx
for n in $(seq 1 150); do (unnoted=1 && shop_requests 1 0 -H "Authorization: Bearer $n.$(printf 'c%.0s' {1..150})" >/dev/null) & sleep 0.01; done
wait
long=$(printf 'e%.0s' {1..1300})
unnoted=1
for n in $(seq 1 80); do shop_requests 1 0 -H "Authorization: Bearer $n.$long" & sleep 0.03; done
wait
